'use client'

import { usePathname } from 'next/navigation'
import { useEffect } from 'react'
import { watchViews } from '#components/answer/watch-views.ts'
import { keepAges } from '#components/enhance/ages.ts'
import { countDown } from '#components/enhance/countdown.ts'
import { findFaster } from '#components/enhance/find-faster.ts'
import { openMoreInPlace } from '#components/enhance/more-in-place.ts'
import { pressInPlace } from '#components/enhance/press.ts'
import { queueKeys } from '#components/enhance/queue-keys.ts'
import { openReadMore } from '#components/enhance/read-more.ts'
import { showReadersTimes } from '#components/enhance/readers-times.ts'
import { takeAlong } from '#components/enhance/take-along.ts'
import { switchTheme } from '#components/enhance/theme-switch.ts'
import { showViewer } from '#components/enhance/viewer.ts'
import { whereAsked } from '#components/enhance/where-asked.ts'
import { whereAtIt } from '#components/enhance/where-at-it.ts'
import { whereLive } from '#components/enhance/where-live.ts'
import { wherePresented } from '#components/enhance/where-presented.ts'

/**
 * What JavaScript adds to the finished pages. Each part listens on the document and finds its things by data attributes,
 * so that it also serves rows that were set in later, and costs nothing per row.
 */
export function Enhancements() {
  // The listeners belong to the document, which React does not render.
  useEffect(() => {
    const { dataset } = document.documentElement
    const stops = [
      switchTheme(),
      showViewer(),
      pressInPlace(),
      takeAlong(),
      openReadMore(),
      openMoreInPlace(),
      showReadersTimes(),
      keepAges(),
      countDown(),
      watchViews(),
      queueKeys(),
      findFaster(),
      whereLive(),
      wherePresented(),
    ]
    // "" from the head's script until here: what needs JavaScript is shown, and works now.
    dataset.js = 'ready'
    return () => {
      dataset.js = ''
      for (const stop of stops) stop()
    }
  }, [])
  const path = usePathname()
  // biome-ignore lint/correctness/useExhaustiveDependencies: an action may lead to another page without loading it anew
  useEffect(whereAsked, [path])
  // biome-ignore lint/correctness/useExhaustiveDependencies: likewise
  useEffect(whereAtIt, [path])
  return null
}
