import { v7 as uuidv7 } from 'uuid'
import { db } from '#lib/db.ts'
import { slugOf } from '#lib/slug.ts'

type Wish = {
  community: string
  kind: 'topic' | 'mentor'
  title: string
  why: string
  daysAgo: number
  /** Handles; the first asked for it. A question is for the day on which somebody comes. */
  people: { handle: string; question?: string }[]
}

const wishes: Wish[] = [
  {
    community: 'product-management',
    kind: 'topic',
    title: 'Killing a product that still earns money',
    why: 'Everybody writes about launches. I have to switch off something that 400 companies pay for, and would like to hear from somebody who did.',
    daysAgo: 19,
    people: [
      { handle: 'joaquim-serrano', question: 'How long before the end did you tell customers, and what would you change about that?' },
      { handle: 'priyanka-dutta', question: 'Who in the company fought it, and what brought them round?' },
      { handle: 'maeve-doolan' },
      { handle: 'kwabena-tutu', question: 'What did you do with the people who had built it?' },
    ],
  },
  {
    community: 'engineering-management',
    kind: 'mentor',
    title: 'Somebody who has led a team through an acquisition',
    why: 'We were bought in October, and nobody here has been on either side of it.',
    daysAgo: 8,
    people: [
      { handle: 'teodora-vlase', question: 'What did you tell the team on the first day that turned out to be wrong?' },
      { handle: 'patrick-odowd' },
      { handle: 'ilse-verbruggen', question: 'How did you keep people through the months in which titles and levels were being matched?' },
    ],
  },
  {
    community: 'customer-success',
    kind: 'topic',
    title: 'Customer success in companies of fewer than ten people',
    why: 'Most answers here assume a team. I am the whole of it.',
    daysAgo: 3,
    people: [{ handle: 'maeve-doolan' }, { handle: 'priyanka-dutta' }],
  },
]

/** What people of the demo content wish for. It goes with them (prisma/seed/remove.ts). */
export async function openDemoWishes(now: Date): Promise<void> {
  for (const { community, kind, title, why, daysAgo, people } of wishes) {
    const [{ id: communityId }, members] = await Promise.all([
      db().community.findUniqueOrThrow({ where: { slug: community }, select: { id: true } }),
      db().member.findMany({ where: { handle: { in: people.map(({ handle }) => handle) } }, select: { id: true, handle: true } }),
    ])
    const askedAt = new Date(now.getTime() - daysAgo * DAY)
    const joins = people.map(({ handle, question = null }, i) => ({
      memberId: idOf(members, handle),
      joinedAt: new Date(askedAt.getTime() + (i * daysAgo * DAY) / people.length),
      question,
    }))
    const [first] = joins
    await db().wanted.create({
      data: {
        id: uuidv7(),
        slug: slugOf(title) ?? kind,
        communityId,
        kind,
        title,
        why,
        askedById: first?.memberId ?? null,
        askedAt,
        joins: { create: joins },
      },
    })
  }
}

const DAY = 86_400_000

function idOf(members: { id: string; handle: string }[], wanted: string): string {
  const member = members.find(({ handle }) => handle === wanted)
  if (!member) throw new Error(`The demo content has nobody called ${wanted}.`)
  return member.id
}
