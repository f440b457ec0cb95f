import { markAnswer, unmarkAnswer } from '#domain/answer-mark/commands.ts'
import { type MarkKind, markLimits } from '#domain/answer-mark/rules.ts'
import { setRequest, unsetRequest } from '#domain/answer-request/commands.ts'
import { requestLimits } from '#domain/answer-request/rules.ts'
import { followMentor, followQuestion, followTopic, unfollowMentor, unfollowQuestion, unfollowTopic } from '#domain/follow/commands.ts'
import { followLimits } from '#domain/follow/rules.ts'
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

export const mentorPress: Press = {
  kind: 'follow-mentor',
  set: followMentor,
  unset: unfollowMentor,
  page: (name, refused) => paths.ownFollow('mentor', name, refused),
  limits: followLimits,
}

export const topicPress: Press = {
  kind: 'follow-topic',
  set: followTopic,
  unset: unfollowTopic,
  page: (name, refused) => paths.ownFollow('topic', name, refused),
  limits: followLimits,
}

export const questionPress: Press = {
  kind: 'follow-question',
  set: followQuestion,
  unset: unfollowQuestion,
  page: (name, refused) => paths.ownFollow('question', name, refused),
  limits: followLimits,
}

export const savePress = markPress('save')
export const helpfulPress = markPress('helpful')
export const thanksPress = markPress('thanks')

export const presses = [requestPress, mentorPress, topicPress, questionPress, savePress, helpfulPress, thanksPress]

function markPress(kind: MarkKind): Press {
  return {
    kind,
    set: (visit, id) => markAnswer(kind, visit, id),
    unset: (visit, id) => unmarkAnswer(kind, visit, id),
    page: (id, refused) => paths.ownMark(kind, id, refused),
    limits: markLimits,
  }
}
