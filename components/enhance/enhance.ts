import { watchViews } from '#components/answer/watch-views.ts'
import { keepAges } from '#components/enhance/ages.ts'
import { countDown } from '#components/enhance/countdown.ts'
import { findFaster } from '#components/enhance/find-faster.ts'
import { openAsFarAsNamed, openMoreInPlace } from '#components/enhance/more-in-place.ts'
import { pressInPlace } from '#components/enhance/press.ts'
import { openReadMore } from '#components/enhance/read-more.ts'
import { showReadersTimes } from '#components/enhance/readers-times.ts'
import { takeAlong } from '#components/enhance/take-along.ts'
import { switchTheme } from '#components/enhance/theme-switch.ts'
import { showViewer } from '#components/enhance/viewer.ts'
import { whereLive } from '#components/enhance/where-live.ts'
import { wherePresented } from '#components/enhance/where-presented.ts'

/**
 * What JavaScript adds to the finished pages, until it is stopped. Each part listens on the document and finds its things by
 * data attributes, so that it also serves rows that were set in later, and costs nothing per row. One that fails takes no other
 * with it.
 */
export function enhance(): () => void {
  const { dataset } = document.documentElement
  const stops = PARTS.flatMap(start)
  // "" from the head's script until here: what needs JavaScript is shown, and works now.
  dataset.js = 'ready'
  return () => {
    dataset.js = ''
    for (const stop of stops) stop()
  }
}

const PARTS = [
  switchTheme,
  showViewer,
  pressInPlace,
  takeAlong,
  openReadMore,
  openMoreInPlace,
  openAsFarAsNamed,
  showReadersTimes,
  keepAges,
  countDown,
  watchViews,
  findFaster,
  whereLive,
  wherePresented,
]

/** How to stop it, where it began. */
function start(part: () => () => void): (() => void)[] {
  try {
    return [part()]
  } catch (error) {
    reportError(error)
    return []
  }
}
