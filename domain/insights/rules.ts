import { z } from 'zod'
import type { Viewer } from '#lib/viewer.ts'

/** How far a mentor looks back, by days, today included. */
export const RANGES = { '7': '7 days', '30': '30 days', '90': '90 days', '365': '1 year' } as const
export type Range = keyof typeof RANGES
export const RANGE_KEYS = ['7', '30', '90', '365'] as const

/** Whatever an address does not name well is the month. */
export const RangeOf = z.enum(RANGE_KEYS).catch('30')

/**
 * What is counted of a mentor, of an answer and of a day, in the order of pages and files. Of the own answers alone, those that
 * everybody can read; `views` and `readers` of a day also of answers that are gone since.
 */
export const MEASURES = {
  views: { name: 'Views', what: 'A reader had a whole answer on screen for three seconds. Each reader of an answer counts once a day.' },
  readers: { name: 'Readers', what: 'Browsers in which answers of yours were viewed. Each counts once a day, however many it read.' },
  helped: {
    name: 'People helped',
    what: 'Those who waited for your answer when it came or was placed on their question, on that day, and those whom an answer saved asking, on the day it did.',
  },
  helpful: { name: 'Helpful', what: 'How often somebody said of an answer that it is helpful.' },
} as const
export type Measure = keyof typeof MEASURES
export const MEASURE_KEYS = Object.keys(MEASURES) as Measure[]

/** Readers are told apart by mentor, not by answer: an answer's are its views. */
export const ANSWER_MEASURES = ['views', 'helped', 'helpful'] as const

/** Of now, not of a day: neither has a history. Of an answer, and of all that the mentor could answer. */
export const WAITING = { name: 'Still waiting', what: 'People who wait now for another answer to the same question.' } as const
export const QUEUED = { name: 'Wait in your queue', what: 'People who wait now for what is in your queue.' } as const

export type Numbers = Record<Measure, number>

/** Rates of the own answers are for who gave them, and for nobody else. */
export function hasInsights(viewer: Viewer): viewer is NonNullable<Viewer> {
  return viewer?.mentor === true && viewer.suspendedUntil === null
}

/** All of some days together. */
export function sumOf(days: Numbers[]): Numbers {
  const total = (measure: Measure) => days.reduce((sum, day) => sum + day[measure], 0)
  return { views: total('views'), readers: total('readers'), helped: total('helped'), helpful: total('helpful') }
}
