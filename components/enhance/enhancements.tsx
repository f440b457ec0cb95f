'use client'

import { usePathname } from 'next/navigation'
import { useEffect } from 'react'
import { enhance } from '#components/enhance/enhance.ts'
import { queueKeys } from '#components/enhance/queue-keys.ts'
import { whereAsked } from '#components/enhance/where-asked.ts'
import { whereAtIt } from '#components/enhance/where-at-it.ts'

/** What components/enhance/public-page.ts is on public pages, on personal ones: here it begins once React has taken over the page. */
export function Enhancements() {
  // The listeners belong to the document, which React does not render.
  useEffect(queueKeys, [])
  useEffect(enhance, [])
  const path = usePathname()
  // biome-ignore lint/correctness/useExhaustiveDependencies: an action may lead to another page without loading it anew
  useEffect(whereAsked, [path])
  // biome-ignore lint/correctness/useExhaustiveDependencies: likewise
  useEffect(whereAtIt, [path])
  return null
}
