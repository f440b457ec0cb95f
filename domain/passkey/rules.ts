import { z } from 'zod'
import type { Limit } from '#lib/limit.ts'
import { safeNext } from '#lib/safe-next.ts'

/** As many as anybody has devices. */
export const MOST_PASSKEYS = 20

const Base64Url = z.string().regex(/^[\w-]{1,10000}$/)
const Extensions = z.record(z.string(), z.unknown()).transform(() => ({}))
const Credential = { id: Base64Url, rawId: Base64Url, type: z.literal('public-key'), clientExtensionResults: Extensions }

/** What a browser answers, as JSON in a field of the form. `name` of the method: what it is, when it cannot be read. */
function Answer<Shape extends z.ZodObject>(shape: Shape) {
  return z
    .string('Press the button to take a passkey.')
    .max(30_000)
    .transform((text, context) => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue('Press the button to take a passkey.')
        return z.NEVER
      }
    })
    .pipe(shape)
}

const Registration = z.object({
  ...Credential,
  response: z.object({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    transports: z
      .array(z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']))
      .max(7)
      .catch([]),
  }),
})

const Assertion = z.object({
  ...Credential,
  response: z.object({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: Base64Url.optional(),
  }),
})

/** By which one tells one's passkeys apart. */
const PasskeyName = z
  .string()
  .normalize('NFC')
  .trim()
  .min(1, 'Give it a name.')
  .max(60, 'At most 60 characters.')
  .regex(/^[^\p{Cc}]*$/u, 'In one line.')

export const SignInWithPasskey = z.object({ credential: Answer(Assertion), next: z.unknown().optional().transform(safeNext) })
export const AddPasskey = z.object({ credential: Answer(Registration), name: PasskeyName })
export const RenamePasskey = z.object({ id: z.uuid(), name: PasskeyName })
export const RemovePasskey = z.object({ id: z.uuid() })

/** Tries, and changes. Seconds. */
export const passkeyLimits: Limit[] = [{ name: 'passkey', by: 'address', points: 60, seconds: 900 }]
export const changeLimits: Limit[] = [{ name: 'passkey-change', by: 'person', points: 30, seconds: 900 }]
