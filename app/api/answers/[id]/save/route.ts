import { pressByForm, pressRoute, releaseRoute } from '#lib/press.ts'
import { savePress } from '../../../presses.ts'

export const PUT = pressRoute(savePress)
export const DELETE = releaseRoute(savePress)
export const POST = pressByForm(savePress)
