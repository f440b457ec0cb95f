import { isbot } from 'isbot'
import { z } from 'zod'

/** What the beacon sends: the answers that one reader has just seen. */
export const SeenAnswers = z.object({ answers: z.array(z.uuid().toLowerCase()).min(1).max(20) })

/** Bytes: twice what twenty ids take. */
export const SEEN_ANSWERS_BYTES = 2_048

/** The day a view belongs to, "2026-11-22", by UTC: the same for every reader and every instance. */
export function viewDay(now: Date): string {
  return now.toISOString().slice(0, 10)
}

/** The day before, the oldest one whose rows are kept. */
export function dayBefore(day: string): string {
  return viewDay(new Date(Date.parse(day) - 86_400_000))
}

/**
 * Whether a request with these headers comes from a page of ours in somebody's browser. Whoever says to be a bot is left
 * out, and whoever leaves out what every browser sends.
 */
export function sentByReader(headers: Headers): boolean {
  const userAgent = headers.get('user-agent')
  if (!userAgent || isbot(userAgent)) return false
  if (!headers.get('accept-language')) return false
  const site = headers.get('sec-fetch-site')
  if (site) return site === 'same-origin'
  // Browsers leave Sec-Fetch out on plain http (other than localhost), and old Safaris everywhere; Origin they all send.
  const origin = headers.get('origin')
  return URL.canParse(origin ?? '') && new URL(origin ?? '').host === headers.get('host')
}
