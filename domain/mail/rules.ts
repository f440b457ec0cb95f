import { z } from 'zod'

/** One address and nothing else: what a header would read as a second one, or as another header, is refused. */
const Address = z.string().regex(/^[^\s\p{C}@<>()[\],;:\\"]{1,64}@[^\s\p{C}@<>()[\],;:\\"]{1,250}$/u)
/** Six digits. */
const Code = z.string().regex(/^\d{6}$/)
const Link = z.url({ protocol: /^https?$/ })
/** How the person is called. */
const Name = z.string()

/** What is different about the way into an account, of which its owner is told. */
const Change = z.enum([
  'authenticator-added',
  'authenticator-removed',
  'recovery-codes-renewed',
  'recovery-code-used',
  'passkey-added',
  'passkey-removed',
  'identity-linked',
  'identity-unlinked',
])

export type Change = z.infer<typeof Change>

/** Every mail that Perch sends: its kind, whom to, and what its words need. components/mail has the words. */
export const Mail = z.discriminatedUnion('kind', [
  /** Also to an address that nobody has yet, so it knows no name. */
  z.object({ kind: z.literal('sign-in'), to: Address, props: z.object({ code: Code, link: Link }) }),
  z.object({ kind: z.literal('reset-password'), to: Address, props: z.object({ name: Name, link: Link }) }),
  /** Where a reset was asked for an address without an account, so that the page may say the same; the link signs up. */
  z.object({ kind: z.literal('no-account'), to: Address, props: z.object({ link: Link }) }),
  /** To the new address, which is not the account's yet and may be a stranger's: it knows no name. */
  z.object({ kind: z.literal('change-address'), to: Address, props: z.object({ link: Link }) }),
  /** To the address of the account, when somebody wants it to be another: whoever did that is told by the mail above. */
  z.object({ kind: z.literal('address-to-change'), to: Address, props: z.object({ name: Name }) }),
  /** To the old address, when it is the account's no longer. */
  z.object({ kind: z.literal('address-changed'), to: Address, props: z.object({ name: Name }) }),
  /** Asked for by an admin, to see whether mail works. */
  z.object({ kind: z.literal('test'), to: Address, props: z.object({ name: Name }) }),
  z.object({ kind: z.literal('password-changed'), to: Address, props: z.object({ name: Name }) }),
  /** To a work address, which proves a role and opens nothing. */
  z.object({ kind: z.literal('work-mail'), to: Address, props: z.object({ code: Code }) }),
  /** What a host writes to somebody whom people wish for, with the way in and the way out for good. */
  z.object({ kind: z.literal('invitation'), to: Address, props: z.object({ community: Name, text: z.string(), link: Link, never: Link }) }),
  z.object({ kind: z.literal('way-in-changed'), to: Address, props: z.object({ name: Name, change: Change }) }),
  /** What the inbox says too. `off`: what it is turned off with, on a page and by a mail program itself. Who asked is not in it. */
  z.object({
    kind: z.literal('notice'),
    to: Address,
    props: z.object({
      name: Name,
      subject: z.string(),
      what: z.string(),
      reason: z.string(),
      words: z.string(),
      link: Link,
      off: z.object({ name: z.string(), link: Link, oneClick: Link }).nullable(),
    }),
  }),
])

export type Mail = z.infer<typeof Mail>
