import type { Limit } from '#lib/limit.ts'

/** As many as that are compared with a question that somebody types. */
export const COMPARED = { all: 100, each: 60, fit: 0.25 }
/** And of those, the ones whose titles are; it costs more than all else. */
export const READ_LETTER_BY_LETTER = 40
/** What a question has to come to, of 1, to be said to be like another; a passage has to have so much of its words. */
export const ALIKE = 0.37
export const ANSWERING = 0.65
/** Answers with words that very many have are not looked through: they would answer everything. */
export const ANSWERS_AT_MOST = 3_000

/**
 * Of one network, which may be an office: people who type ask now and then, a program that reads everything out asks often.
 */
export const similarLimits: Limit[] = [{ name: 'similar', by: 'address', points: 300, seconds: 60 }]
