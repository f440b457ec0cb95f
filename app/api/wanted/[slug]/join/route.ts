import { pressByForm, pressRoute, releaseRoute } from '#lib/press.ts'
import { joinPress } from '../../../presses.ts'

export const PUT = pressRoute(joinPress)
export const DELETE = releaseRoute(joinPress)
export const POST = pressByForm(joinPress)
