import { wantedRoute } from '#lib/press.ts'
import { presses } from '../presses.ts'

export const GET = wantedRoute(presses)
