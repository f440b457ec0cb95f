import { pressByForm, pressRoute, releaseRoute } from '#lib/press.ts'
import { helpfulPress } from '../../../presses.ts'

export const PUT = pressRoute(helpfulPress)
export const DELETE = releaseRoute(helpfulPress)
export const POST = pressByForm(helpfulPress)
