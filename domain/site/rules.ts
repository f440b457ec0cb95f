import { z } from 'zod'
import { Email, NewPassword } from '#domain/account/rules.ts'
import { Name } from '#domain/community/rules.ts'
import type { Limit } from '#lib/limit.ts'

/** What a site is called until somebody says otherwise. */
export const UNNAMED = 'Perch'

/** One line of at most 60 characters: it stands in every title. */
export const SiteName = Name.max(60, 'At most 60 characters.')

export const SetUp = z.object({ token: z.string().max(100), site: SiteName, name: Name, email: Email, password: NewPassword })
export const FinishSetUp = z.object({})
export const RenameSite = z.object({ site: SiteName })
export const SendTestMail = z.object({})

export const NO_LONGER_GOOD = 'This link is no longer good. Start the site again: it prints a new one.'

export const setUpLimits: Limit[] = [{ name: 'set-up', by: 'address', points: 20, seconds: 900 }]
export const testMailLimits: Limit[] = [{ name: 'test-mail', by: 'person', points: 5, seconds: 900 }]

/** Of the environment, what decides whether others can use the site. */
type Surroundings = { PERCH_MODE: 'local' | 'test' | 'production'; SITE_URL: string; SMTP_URL?: string | undefined }

/** One thing to have before the site goes public. `done` is null where a program cannot know it. */
export type Step = { name: string; done: boolean | null; how: string }

/**
 * What is left before others use the site, as far as its environment tells, and its admins: `unguarded` are the names of those who
 * have neither a passkey nor a second factor.
 */
export function beforeGoingPublic({ PERCH_MODE, SITE_URL, SMTP_URL }: Surroundings, unguarded: string[]): Step[] {
  const { protocol, hostname } = new URL(SITE_URL)
  return [
    {
      name: 'An address of its own',
      done: !/^(localhost|127\..*|\[::1\])$|\.localhost$/.test(hostname),
      how: `SITE_URL is ${SITE_URL}. Set it to the address that readers will type.`,
    },
    {
      name: 'HTTPS',
      done: protocol === 'https:',
      how: 'Put a proxy with a certificate in front, begin SITE_URL with https://, and set PROXY_HOPS to the number of proxies.',
    },
    { name: 'Mail', done: SMTP_URL !== undefined, how: 'Set SMTP_URL, and MAIL_FROM for the sender; then send the test mail.' },
    {
      name: 'Production mode',
      done: PERCH_MODE === 'production',
      how: 'Start with PERCH_MODE=production and a PERCH_SECRET of your own: then nothing that is missing is made up.',
    },
    {
      name: 'A passkey or a second step for each admin',
      done: unguarded.length === 0,
      how: `Without either: ${unguarded.join(', ')}. Each adds one in the settings, since an admin can do everything here.`,
    },
    {
      name: 'A backup',
      done: null,
      how: 'npm run backup -- FILE makes one. Do it every night, keep it on another machine, and try once to get it back.',
    },
  ]
}
