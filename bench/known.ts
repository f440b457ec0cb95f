import { randomUUID } from 'node:crypto'
import { benchDatabase, say } from '#bench/databases.ts'
import { type Sent, sendForm, signIn } from '#bench/forms.ts'
import { makePeople, PASSWORD } from '#bench/people.ts'
import { serveSite } from '#bench/serving.ts'
import { fine, table } from '#bench/table.ts'
import { paths } from '#lib/paths.ts'

/** Milliseconds by which the medians of known and unknown addresses may differ. */
const APART_AT_MOST = 10

type Form = { name: string; path: string; also: Record<string, string>; signedIn?: true }

const doors: Form[] = [
  { name: 'sign in or up by mail', path: paths.signIn(), also: {} },
  { name: 'sign in with a wrong password', path: paths.signInPassword(), also: { password: `not ${PASSWORD}` } },
  { name: 'forgot the password', path: paths.reset(), also: {} },
  { name: 'change the address', path: paths.settingsEmail(), also: {}, signedIn: true },
]

type Door = { name: string; known: number; unknown: number; answers: number; holds: boolean }

export type KnownReport = { tries: number; doors: Door[]; holds: boolean }

/** Types so many addresses with an account and as many without into each form that takes one, by turns. */
export async function measureKnown(tries: number): Promise<KnownReport> {
  const database = await benchDatabase(1_000)
  // One person changes the address so often.
  const site = await serveSite(database, { LIMITS_TIMES: 10 * tries })
  try {
    const measured: Door[] = []
    for (const { name, path, also, signedIn } of doors) {
      say(`Measuring "${name}"`)
      // New ones for each, since tries are counted by address.
      const [typist, ...people] = await makePeople(database, tries + 1)
      const cookie = signedIn && typist ? await signIn(site.url, typist.email, PASSWORD) : ''
      const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] }
      const answers = new Set<string>()
      for (const [i, { email }] of people.entries()) {
        const both = [
          { email, who: 'known' as const },
          { email: email.replace(/^[^@]+/, randomUUID()), who: 'unknown' as const },
        ]
        for (const { email, who } of i % 2 ? both : both.toReversed()) {
          const sent = await sendForm(site.url, path, { email, ...also }, cookie)
          answers.add(looks(sent, email))
          times[who].push(sent.milliseconds)
        }
      }
      const [known, unknown] = [median(times.known), median(times.unknown)]
      const holds = answers.size === 1 && Math.abs(known - unknown) <= APART_AT_MOST
      measured.push({ name, known, unknown, answers: answers.size, holds })
    }
    return { tries, doors: measured, holds: measured.every(({ holds }) => holds) }
  } finally {
    await site.stop()
  }
}

export function knownTable({ doors }: KnownReport): string {
  return table(
    ['form', 'known ms', 'unknown ms', 'apart ms', 'different answers', ''],
    doors.map(({ name, known, unknown, answers, holds }) => [
      name,
      fine(known),
      fine(unknown),
      fine(Math.abs(known - unknown)),
      `${answers}`,
      holds ? 'holds' : 'FAILS',
    ]),
  )
}

/**
 * What an answer says, but for the address that was typed and what is random in every answer: its status, its headers, and what
 * stands on the page. In which order Next names scripts, styles and its own data, and whether the title or a part of the page
 * comes a moment later, hangs on what is ready first, so that is left out.
 */
function looks({ status, headers, body }: Sent, email: string): string {
  const said = [...headers].filter(([name]) => name !== 'link' && name !== 'content-length')
  const given = said.map(([name, value]) =>
    name === 'set-cookie' ? value.replace(/=[^;]+/, ({ length }) => `=${length}`).replace(/Expires=[^;]+/i, 'SOON') : value,
  )
  const main = /<main\b.*<\/main>/s.exec(body)?.[0] ?? body
  const seen = main.replace(/<script\b.*?<\/script>|<template\b.*?<\/template>|<!--.*?-->/gs, '')
  return JSON.stringify([status, said.map(([name]) => name), given, seen])
    .replaceAll(email, 'EMAIL')
    .replaceAll(encodeURIComponent(email), 'EMAIL')
    .replaceAll(/'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1] ?? 'never', 'NONCE')
    .replaceAll(headers.get('date') ?? 'never', 'NOW')
}

function median(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
}
