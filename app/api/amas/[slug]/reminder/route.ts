import { pressByForm, pressRoute, releaseRoute } from '#lib/press.ts'
import { reminderPress } from '../../../presses.ts'

export const PUT = pressRoute(reminderPress)
export const DELETE = releaseRoute(reminderPress)
export const POST = pressByForm(reminderPress)
