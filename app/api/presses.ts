import { setRequest, unsetRequest } from '#domain/answer-request/commands.ts'
import { requestLimits } from '#domain/answer-request/rules.ts'
import { paths } from '#lib/paths.ts'
import type { Press } from '#lib/press.ts'

// The buttons that people press and release. Each has a route (PUT, DELETE, and POST for forms) and a small page.

export const requestPress: Press = {
  kind: 'request',
  set: setRequest,
  unset: unsetRequest,
  page: paths.ownRequest,
  limits: requestLimits,
}

export const presses = [requestPress]
