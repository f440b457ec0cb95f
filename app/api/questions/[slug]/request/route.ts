import { pressByForm, pressRoute, releaseRoute } from '#lib/press.ts'
import { requestPress } from '../../../presses.ts'

export const PUT = pressRoute(requestPress)
export const DELETE = releaseRoute(requestPress)
export const POST = pressByForm(requestPress)
