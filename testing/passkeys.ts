import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'
import { addPasskey, beginPasskey } from '#domain/passkey/commands.ts'
import { AddPasskey, SignInWithPasskey } from '#domain/passkey/rules.ts'
import { earlierVisitOf } from '#testing/people.ts'

/** What a device says of itself; a good one verifies who holds it, and is on the site itself. */
type Manner = { verified: boolean; origin: string; rpId: string; counter: number }

const GOOD: Manner = { verified: true, origin: 'https://perch.example', rpId: 'perch.example', counter: 0 }

/** A device that makes one passkey and signs with it, as the standard says and as no browser would: also wrongly. */
export function makeDevice() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const credentialId = randomBytes(32)
  const id = credentialId.toString('base64url')
  const answer = { id, rawId: id, type: 'public-key', clientExtensionResults: {} }
  const create = (options: { challenge: string }, manner: Partial<Manner> = {}) => {
    const said = { ...GOOD, ...manner }
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    const cose = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
      [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
    ])
    const key = [Buffer.alloc(16), Buffer.from([0, credentialId.length]), credentialId, isoCBOR.encode(cose)]
    const authData = new Uint8Array(Buffer.concat([authenticatorData(said, 0x40), ...key]))
    const attested = new Map<string, unknown>(Object.entries({ fmt: 'none', attStmt: new Map(), authData }))
    const attestationObject = Buffer.from(isoCBOR.encode(attested as Parameters<typeof isoCBOR.encode>[0])).toString('base64url')
    const clientDataJSON = clientData('webauthn.create', options.challenge, said).toString('base64url')
    return JSON.stringify({ ...answer, response: { clientDataJSON, attestationObject, transports: ['internal'] } })
  }
  const get = (options: { challenge: string }, manner: Partial<Manner> = {}) => {
    const said = { ...GOOD, ...manner }
    const client = clientData('webauthn.get', options.challenge, said)
    const data = authenticatorData(said, 0)
    const signature = sign('sha256', Buffer.concat([data, createHash('sha256').update(client).digest()]), privateKey).toString('base64url')
    const response = { clientDataJSON: client.toString('base64url'), authenticatorData: data.toString('base64url'), signature }
    return JSON.stringify({ ...answer, response })
  }
  return { id, create, get }
}

export type Device = ReturnType<typeof makeDevice>

/** What a form with this answer of a browser is read as. */
export function registrationForm(credential: string, name = 'My telephone') {
  return AddPasskey.parse({ credential, name })
}

export function assertionForm(credential: string, next?: string) {
  return SignInWithPasskey.parse({ credential, next })
}

/** Adds a new device's passkey to the account. Ends this person's other sessions. */
export async function addPasskeyOf(memberId: string, manner: Partial<Manner> = {}): Promise<Device> {
  const [here, device] = [await earlierVisitOf(memberId), makeDevice()]
  const { options, carry } = await beginPasskey(here.viewer, here)
  await addPasskey(here.viewer, registrationForm(device.create(options, manner)), { ...here, carried: carry })
  return device
}

function clientData(type: string, challenge: string, { origin }: Manner): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
}

function authenticatorData({ rpId, verified, counter }: Manner, more: number): Buffer {
  const count = Buffer.alloc(4)
  count.writeUInt32BE(counter)
  return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([0x01 | (verified ? 0x04 : 0) | more]), count])
}
