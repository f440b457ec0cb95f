import { z } from 'zod'
import { db } from '#lib/db.ts'
import { keyedHash, sameBytes } from '#lib/secret.ts'

/**
 * The end of an invitation's link: its id, and 32 bytes that only who has PERCH_SECRET can make of it. So the link can be
 * shown again to an admin, and a copied database opens nothing.
 */
export function invitationWord(id: string): string {
  return Buffer.concat([Buffer.from(id.replaceAll('-', ''), 'hex'), proofOf(id)]).toString('base64url')
}

/** The id in a word of ours, or null. */
export function invitationId(word: string): string | null {
  const bytes = Buffer.from(word, 'base64url')
  const hex = bytes.subarray(0, 16).toString('hex')
  const id = z.uuid().safeParse(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')).data
  return id && bytes.length === 48 && sameBytes(bytes.subarray(16), proofOf(id)) ? id : null
}

/** What the link is still good for, or null. Uses nothing up. */
export async function findInvitation(word: string, now: Date) {
  const id = invitationId(word)
  if (!id) return null
  const select = {
    community: { select: { name: true, slug: true } },
    invitedBy: { select: { name: true } },
    wanted: { select: { invitationText: true } },
    ...role,
    expiresAt: true,
  } as const
  return db().invitation.findFirst({ where: { id, usedAt: null, expiresAt: { gt: now } }, select })
}

export type OpenInvitation = { id: string; word: string; expiresAt: Date; company: string | null; title: string | null }

/** A community's invitations that nobody has used yet, newest first, twenty at most. */
export async function listOpenInvitations(communityId: string, now: Date): Promise<OpenInvitation[]> {
  const rows = await db().invitation.findMany({
    where: { communityId, usedAt: null, expiresAt: { gt: now } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 20,
    select: { id: true, ...role, expiresAt: true },
  })
  return rows.map((row) => ({ ...row, word: invitationWord(row.id) }))
}

const role = { company: true, title: true } as const

function proofOf(id: string): Uint8Array {
  return keyedHash('invitation', [id])
}
