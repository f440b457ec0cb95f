import { pressByForm, pressRoute, releaseRoute } from '#lib/press.ts'
import { questionPress } from '../../../presses.ts'

export const PUT = pressRoute(questionPress)
export const DELETE = releaseRoute(questionPress)
export const POST = pressByForm(questionPress)
