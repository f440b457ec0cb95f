import { pressByForm, pressRoute, releaseRoute } from '#lib/press.ts'
import { thanksPress } from '../../../presses.ts'

export const PUT = pressRoute(thanksPress)
export const DELETE = releaseRoute(thanksPress)
export const POST = pressByForm(thanksPress)
