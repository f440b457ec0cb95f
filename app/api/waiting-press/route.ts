import { waitingPressRoute } from '#lib/press.ts'
import { presses } from '../presses.ts'

export const GET = waitingPressRoute(presses)
