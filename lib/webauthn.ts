import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { env } from '#lib/env.ts'

/** What is kept of a passkey to know it again. */
export type Credential = { credentialId: string; publicKey: Uint8Array<ArrayBuffer>; counter: number; transports: string[] }

/** Milliseconds that a person may take to find a finger or a telephone. */
export const CEREMONY = 5 * 60_000

// A passkey alone signs in, so each has to be found without an address, and to ask who holds it.
const residentKey = 'required'
const userVerification = 'required'
/** What every device knows one of: EdDSA, ES256 and RS256, by their numbers in the COSE registry. */
const supportedAlgorithmIDs = [-8, -7, -257]

/** What the browser's `navigator.credentials.get` needs. `challenge`: 32 random bytes as base64url, signed once. */
export function askForPasskey(challenge: string) {
  return generateAuthenticationOptions({ rpID: rpId(), challenge: bytesOf(challenge), timeout: CEREMONY, userVerification })
}

type Owner = { userId: string; email: string; name: string; known: Pick<Credential, 'credentialId' | 'transports'>[] }

/** What the browser's `navigator.credentials.create` needs. A device that has one of the `known` makes no second one. */
export function askForNewPasskey(challenge: string, { userId, email, name, known }: Owner) {
  return generateRegistrationOptions({
    rpName: rpId(),
    rpID: rpId(),
    userID: new TextEncoder().encode(userId),
    userName: email,
    userDisplayName: name,
    challenge: bytesOf(challenge),
    timeout: CEREMONY,
    // Which make it is, is none of our business.
    attestationType: 'none',
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    supportedAlgorithmIDs,
    authenticatorSelection: { residentKey, userVerification },
  })
}

/** The new passkey in a browser's answer to this challenge; null where it is none, of another site, or did not ask who holds it. */
export async function readNewPasskey(response: RegistrationResponseJSON, challenge: string): Promise<Credential | null> {
  const verified = await verifyRegistrationResponse({
    ...expected(challenge),
    response,
    requireUserVerification: true,
    supportedAlgorithmIDs,
  }).catch(() => null)
  if (!verified?.verified) return null
  const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential
  return { credentialId: id, publicKey, counter, transports }
}

/** The passkey's new count where it has signed this challenge; null where it has not, or did not ask who holds it. */
export async function readAssertion(response: AuthenticationResponseJSON, challenge: string, known: Credential): Promise<number | null> {
  const credential = { id: known.credentialId, publicKey: known.publicKey, counter: known.counter }
  const verified = await verifyAuthenticationResponse({
    ...expected(challenge),
    response,
    credential,
    requireUserVerification: true,
  }).catch(() => null)
  return verified?.verified ? verified.authenticationInfo.newCounter : null
}

function expected(challenge: string) {
  return { expectedChallenge: challenge, expectedOrigin: new URL(env().SITE_URL).origin, expectedRPID: rpId() }
}

/** Passkeys belong to the site's host name, whatever its port. */
function rpId(): string {
  return new URL(env().SITE_URL).hostname
}

function bytesOf(challenge: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(challenge, 'base64url'))
}
