import { pressByForm, pressRoute, releaseRoute } from '#lib/press.ts'
import { topicPress } from '../../../presses.ts'

export const PUT = pressRoute(topicPress)
export const DELETE = releaseRoute(topicPress)
export const POST = pressByForm(topicPress)
