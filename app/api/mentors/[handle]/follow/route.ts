import { pressByForm, pressRoute, releaseRoute } from '#lib/press.ts'
import { mentorPress } from '../../../presses.ts'

export const PUT = pressRoute(mentorPress)
export const DELETE = releaseRoute(mentorPress)
export const POST = pressByForm(mentorPress)
