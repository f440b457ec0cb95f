import { randomBytes } from 'node:crypto'
import { hash, parseOptions, verify } from '@node-rs/argon2'
import type { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { env } from '#lib/env.ts'
import { Refusal } from '#lib/refusal.ts'

// Each takes 19 MiB and some 20 ms of a core; a crowd at the door must not take them all.
const AT_ONCE = 2
/** More than wait here come again: each would wait for a second, and hold what it has read. */
const WAITING = 50
const OPTIONS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** argon2id, with its parameters and salt in the text. Throws a Refusal where too many wait, as isPassword does. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, OPTIONS))
}

/**
 * Whether it is the password. Takes the same time where there is none to compare with (null), so that nobody can tell by
 * waiting who has an account.
 */
export async function isPassword(typed: string, kept: string | null): Promise<boolean> {
  const other = await nobodysHash()
  const same = await inTurn(() => verify(kept ?? other, typed))
  return same && kept !== null
}

/** Whether it was made with other parameters than today's. */
export function isOutdated(kept: string): boolean {
  const { memoryCost, timeCost, parallelism, algorithm } = parseOptions(kept)
  return JSON.stringify({ algorithm, memoryCost, timeCost, parallelism }) !== JSON.stringify(OPTIONS)
}

/**
 * Why a password is too easily guessed, in a sentence, or null. Looked up in lists that come with the library; `about` are
 * words that a guesser would try first: the name, the address.
 */
export async function weakness(password: string, about: string[]): Promise<string | null> {
  const guesser = await loadGuesser()
  const parts = about.flatMap((word) => word.split(/[^\p{L}\p{N}]+/u))
  const words = [...about, ...about.map((word) => word.split('@', 1)[0] ?? ''), ...parts, 'perch', new URL(env().SITE_URL).hostname]
  const { score, feedback } = guesser.check(
    password,
    words.filter((word) => word.length > 2),
  )
  if (score >= 3) return null
  return [feedback.warning || 'It is guessed too easily.', ...feedback.suggestions].join(' ')
}

let turns = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting.length >= WAITING)
    throw new Refusal('too_many', 'Very many people are signing in just now. Try again in a minute.', { retryAfter: 60 })
  if (turns >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else turns++
  try {
    return await work()
  } finally {
    // The place goes to whoever waits longest, or is free.
    const next = waiting.shift()
    if (next) next()
    else turns--
  }
}

let nobodys: Promise<string> | undefined

function nobodysHash(): Promise<string> {
  nobodys ??= hashPassword(randomBytes(32).toString('base64'))
  return nobodys
}

/**
 * What is checked of a password, and how many ways of writing 3 for E are tried: without these a hostile one of 128 characters
 * holds up the process for seconds, with them for some 20 ms. What is strong in 32 characters is strong.
 */
const COST = { maxLength: 32, l33tMaxSubstitutions: 20 }

let guesser: Promise<ZxcvbnFactory> | undefined

/** Its lists take 60 MB and most of a second, so they are read when the first password is chosen. */
function loadGuesser(): Promise<ZxcvbnFactory> {
  guesser ??= Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common'), import('@zxcvbn-ts/language-en')]).then(
    ([{ ZxcvbnFactory }, common, en]) =>
      new ZxcvbnFactory({
        dictionary: { ...common.dictionary, ...en.dictionary },
        graphs: common.adjacencyGraphs,
        translations: en.translations,
        ...COST,
      }),
  )
  return guesser
}
