import { z } from 'zod'
import { type Counted, count, thousands } from '#lib/count.ts'
import type { Limit } from '#lib/limit.ts'
import { paths } from '#lib/paths.ts'
import { fullDate } from '#lib/time.ts'
import { amaDate, offsetTime } from '#lib/zone.ts'

const id = z.uuid()
const ofQuestion = { questionId: id }
const ofAma = { amaId: id }
const ofApplication = { applicationId: id }
const words = z.string().trim().min(1).max(1_000)

/**
 * All that members are told through `announce` (commands.ts). An event carries ids; who is told, and all that can be looked up,
 * is looked up when it is told.
 */
export const NoticeEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('answered'), answerId: id }),
  /** An earlier answer that its mentor placed on this question too. */
  z.object({ event: z.literal('placed'), answerId: id, ...ofQuestion, placedAt: z.iso.datetime() }),
  /** Only where the answer was there for longer than UNDONE_WITHIN: before that nobody was told of it. */
  z.object({ event: z.literal('answer-taken-back'), ...ofQuestion }),
  z.object({ event: z.literal('asked-back'), ...ofQuestion, mentorId: id, line: words }),
  /** To those who have waited for it; where an earlier version put it into the queue, to all who asked back. */
  z.object({ event: z.literal('replied'), ...ofQuestion, mentorIds: z.array(id).optional() }),
  z.object({ event: z.literal('declined'), ...ofQuestion, mentorId: id, reason: words }),
  z.object({ event: z.literal('passed-on'), ...ofQuestion }),
  z.object({ event: z.literal('handed-over'), ...ofQuestion, fromId: id, toId: id }),
  z.object({ event: z.literal('question-edited'), ...ofQuestion }),
  z.object({ event: z.literal('let-through'), ...ofQuestion }),
  z.object({ event: z.literal('returned'), ...ofQuestion, reason: words }),
  /** Of what its asker added to it. */
  z.object({ event: z.literal('addition-let-through'), ...ofQuestion }),
  z.object({ event: z.literal('addition-returned'), ...ofQuestion, reason: words }),
  z.object({ event: z.literal('to-check'), ...ofQuestion }),
  z.object({ event: z.literal('addition-to-check'), ...ofQuestion }),
  z.object({ event: z.literal('no-mentor'), ...ofQuestion }),
  z.object({ event: z.literal('role-to-check'), ...ofApplication }),
  z.object({ event: z.literal('role-checked'), ...ofApplication }),
  z.object({ event: z.literal('role-refused'), ...ofApplication, reason: words }),
  z.object({ event: z.literal('ama-invitation'), ...ofAma, memberId: id }),
  /** A host does not name this mentor any more, who held it or was asked to. */
  z.object({ event: z.literal('ama-left-out'), ...ofAma, memberId: id }),
  z.object({ event: z.literal('ama-accepted'), ...ofAma, memberId: id }),
  z.object({ event: z.literal('ama-declined'), ...ofAma, memberId: id }),
  z.object({ event: z.literal('ama-scheduled'), ...ofAma }),
  z.object({ event: z.literal('ama-moved'), ...ofAma }),
  z.object({ event: z.literal('ama-cancelled'), ...ofAma }),
  /** What became of questions that have no answer. */
  z.object({ event: z.literal('ama-closed'), ...ofAma }),
  z.object({ event: z.literal('ama-soon'), ...ofAma, startsAt: z.iso.datetime() }),
  /** With how many of its questions each who holds it has prepared. */
  z.object({ event: z.literal('ama-tomorrow'), ...ofAma, startsAt: z.iso.datetime() }),
  z.object({ event: z.literal('ama-to-close'), ...ofAma }),
  /** So many want it that its hosts can invite somebody. */
  z.object({ event: z.literal('wanted-ready'), wantedId: id }),
  z.object({ event: z.literal('wanted-invitation'), wantedId: id, memberId: id }),
  /** Who said yes offers times. */
  z.object({ event: z.literal('wanted-slots'), wantedId: id, mentorId: id }),
  /** The times that this mentor offers are past, and none became the date. */
  z.object({ event: z.literal('wanted-lapsed'), wantedId: id, mentorId: id }),
  /** `line`: what hosts should know of it, and nobody else is told. */
  z.object({ event: z.literal('wanted-declined'), wantedId: id, line: words.nullable() }),
  /** A host says that it will not come about. */
  z.object({ event: z.literal('wanted-ended'), wantedId: id }),
  /** So many people wait for what is in a mentor's queue. `day`: theirs, of which it is told once. */
  z.object({ event: z.literal('questions-wait'), memberId: id, count: z.int().positive(), day: z.iso.date() }),
  z.object({ event: z.literal('reports-wait'), memberId: id, count: z.int().positive(), day: z.iso.date() }),
])
export type NoticeEvent = z.infer<typeof NoticeEvent>

/** What a mentor is told whose draft goes with the question. It is not announced: by then nothing of both is left to look up. */
export const WITHDRAWN = 'question-withdrawn'

/** Milliseconds in which a published answer can be taken back before anybody is told of it. */
export const UNDONE_WITHIN = 10_000

/** The hours of somebody's morning in which they are told what waits: the first of them, and those in which it is made up for. */
const MORNING = [9, 10, 11]

/** Milliseconds from one telling of what waits to the next, at least: a morning may begin early, as after a journey east. */
export const DAILY = 20 * 60 * 60 * 1_000

/** The zones, of these, where it is morning, each with the day that it is there. */
export function mornings(zones: string[], now: Date): { zone: string; day: string }[] {
  return zones.flatMap((zone) => {
    const there = offsetTime(now, zone)
    return MORNING.includes(Number(there.slice(11, 13))) ? [{ zone, day: there.slice(0, 10) }] : []
  })
}

/** What names an event that can happen only once; of all others each announcing is one of its own. */
export function onceKey(event: NoticeEvent): string | null {
  if (event.event === 'answered') return `answered ${event.answerId}`
  if ('applicationId' in event) return `${event.event} ${event.applicationId}`
  if (event.event === 'placed') return `placed ${event.answerId} ${event.questionId} ${event.placedAt}`
  if (event.event === 'ama-scheduled') return `ama-scheduled ${event.amaId}`
  if (event.event === 'ama-closed') return `ama-closed ${event.amaId}`
  if (event.event === 'ama-soon') return `ama-soon ${event.amaId} ${event.startsAt}`
  // Moved by some hours it is the same tomorrow.
  if (event.event === 'ama-tomorrow') return `ama-tomorrow ${event.amaId} ${event.startsAt.slice(0, 10)}`
  if (event.event === 'ama-to-close') return `ama-to-close ${event.amaId}`
  if (event.event === 'wanted-ready') return `wanted-ready ${event.wantedId}`
  return 'day' in event ? `${event.event} ${event.day}` : null
}

/** Why somebody is told, the strongest reason first, and the kind that it is turned off with. */
export const KIND_OF_WHY = {
  mentor: 'mentor',
  invited: 'mentor',
  applicant: 'mentor',
  host: 'host',
  'waited-for': 'waiting',
  moderator: 'moderator',
  asker: 'questions',
  requester: 'questions',
  joined: 'amas',
  reminded: 'amas',
  follower: 'questions',
  'follows-mentor': 'amas',
  'follows-topic': 'amas',
} as const
export type Why = keyof typeof KIND_OF_WHY

/** What can be turned off, as the settings list it. Of what is `optional` not even the inbox has to know. */
export const kinds = {
  answers: { name: 'Answers', what: 'to what you asked, requested or follow' },
  questions: { name: 'Your questions and requests', what: 'what else becomes of them' },
  amas: {
    name: 'AMAs',
    what: 'that you wish for, follow or want to be reminded of: announced, moved, cancelled, about to begin',
    optional: true,
  },
  mentor: { name: 'As a mentor', what: 'your roles, invitations, your AMAs, questions that are handed over to you or taken back, replies' },
  waiting: { name: 'People who wait for you', what: 'how many, in the morning and only when somebody new does', optional: true },
  host: {
    name: 'As a host',
    what: 'what enough people want, questions and roles to check, what mentors say to an invitation, AMAs that change or are to be closed',
  },
  moderator: { name: 'As a moderator', what: 'how many reports wait, in the morning and only when there is a new one', optional: true },
} as const
export type Kind = keyof typeof kinds
export const KINDS = Object.keys(kinds) as Kind[]
export const Kind = z.enum(KINDS)

/** A notice as texts need it. */
export type Told = {
  event: string
  why: string | null
  question: { title: string; slug: string } | null
  answerId: string | null
  community: { name: string; slug: string } | null
  wanted: { title: string; slug: string } | null
  ama: { slug: string; topic: string; mentors: string | null; shown: boolean; startsAt: string; timeZone: string } | null
  by: string | null
  until: Date | null
  count: number | null
  outOf: number | null
}

/** A notice in one line: 'Mara Lind answered your question “How do you begin?”.' */
export function noticeText(told: Told): string {
  const { event, why, question, community, by, until, count: n } = told
  const title = `“${question?.title ?? ''}”`
  const who = by ?? 'A mentor'
  switch (event) {
    case 'suspend':
      return `Your account is suspended until ${until ? fullDate(until) : 'further notice'}.`
    case 'hide':
    case 'restore': {
      return `${hiddenText(told)} ${event === 'hide' ? 'was hidden' : 'is shown again'}.`
    }
    case 'answered':
      return `${who} answered ${whose(why)} ${title}.`
    case 'placed':
      return `${who} answered ${whose(why)} ${title}, with an answer given before.`
    case 'answer-taken-back':
      return `The answer to ${whose(why)} ${title} was taken back. It is open again.`
    case 'asked-back':
      return `${who} asks you something about your question ${title}.`
    case 'replied':
      return `The asker replied to you: ${title}.`
    case 'declined':
      return `${who} will not answer your question ${title}. Others can.`
    case 'passed-on':
      return `Your question ${title} is open to all mentors of ${community?.name} now.`
    case 'handed-over':
      return `${who} handed a question over to you: ${title}.`
    case WITHDRAWN:
      return 'A question that you had begun to answer was taken back. What you had written is kept in your inbox.'
    case 'question-edited':
      return `A host edited ${whose(why)} ${title}.${why === 'asker' ? '' : ' If it is not what you want to know, take your request back.'}`
    case 'let-through':
      return `Your question ${title} is through: everybody can read it now.`
    case 'returned':
      return `A host gave your question ${title} back to you: change it, and it is looked at again.`
    case 'addition-let-through':
      return `What you added to your question ${title} is through: everybody can read it now.`
    case 'addition-returned':
      return `A host gave back to you what you added to your question ${title}: change it, and it is looked at again.`
    case 'to-check':
      return `${title} waits for your check: nobody but hosts and who asked it sees it in ${community?.name}.`
    case 'addition-to-check':
      return `What its asker added to ${title} waits for your check in ${community?.name}.`
    case 'role-to-check':
      return `Somebody wants to be a mentor of ${community?.name}: a role waits for your check.`
    case 'role-checked':
      return `Your role was checked: you are a mentor of ${community?.name}.`
    case 'role-refused':
      return `Your role could not be checked in ${community?.name}.`
    case 'no-mentor':
      return `${title} was asked in ${community?.name}, where no mentor is yet. It waits for the first one you invite.`
    case 'questions-wait':
      return `${number(n, 'person')} ${n === 1 ? 'waits' : 'wait'} for answers to questions in your queue.`
    case 'reports-wait':
      return `${number(n, 'report')} ${n === 1 ? 'waits' : 'wait'} for a decision of yours.`
    default:
      return event.startsWith('wanted-') ? wantedText(told) : amaText(told)
  }
}

/** What a moderator hid, or shows again. */
function hiddenText({ answerId, question, wanted }: Told): string {
  if (answerId) return `Your answer to “${question?.title ?? ''}”`
  if (wanted) return `What you asked for, “${wanted.title}”,`
  return question ? `Your question “${question.title}”` : 'What your profile says'
}

function wantedText({ event, why, wanted, community, by }: Told): string {
  const title = `“${wanted?.title ?? ''}”`
  switch (event) {
    case 'wanted-ready':
      return `Enough people of ${community?.name} want ${title}: you can invite somebody. Their questions are ready.`
    case 'wanted-invitation':
      return `People of ${community?.name} wish to ask you. They want ${title}.`
    case 'wanted-slots':
      return why === 'host'
        ? `${by ?? 'A mentor'} said yes to ${title}, and offers times. Whoever joined says which suit.`
        : `${by ?? 'A mentor'} said yes to ${title}, which you want. Say which times suit you.`
    case 'wanted-lapsed':
      return why === 'host'
        ? `The times offered for ${title} have passed, and none became the date. You can invite somebody else, or wait for other times.`
        : `The times that you offered for ${title} have passed, and none became the date. You can offer others.`
    case 'wanted-ended':
      if (why === 'joined') return `${title}, which you wanted, will not come about.`
      return why === 'host'
        ? `A host has ended ${title}: it will not come about.`
        : `${title}, for which you were invited, will not come about.`
    default:
      return why === 'host' ? `The invitation for ${title} was declined.` : `${title}, which you wanted, will not come about.`
  }
}

/** What becomes of a question, for its asker. */
const ABOUT_OWN = ['asked-back', 'declined', 'passed-on', 'let-through', 'returned', 'addition-let-through', 'addition-returned']

/** Of questions, for hosts. */
const TO_CHECK = ['to-check', 'addition-to-check']

/** Where a notice leads; null where there is nothing to see. */
export function noticeHref(told: Told): string | null {
  const { event, why, question, answerId, community } = told
  if (event === 'hide' || event === 'restore' || event === 'suspend') return null
  if (event === 'questions-wait') return paths.queue()
  if (event === 'reports-wait') return paths.moderation()
  if (event === 'role-to-check' && community) return paths.applications(community.slug)
  if (event === 'role-checked' || event === 'role-refused') return paths.roles()
  if (TO_CHECK.includes(event) && community) return paths.checking(community.slug)
  if (event.startsWith('wanted-')) return wantedHref(told)
  if (question && answerId) return paths.answer(question.slug, answerId)
  if (question && (ABOUT_OWN.includes(event) || (event === 'question-edited' && why === 'asker'))) return paths.myQuestion(question.slug)
  if (question && ['replied', 'handed-over'].includes(event)) return paths.queued(question.slug)
  return question ? paths.question(question.slug) : amaHref(told)
}

function wantedHref({ event, why, wanted }: Told): string | null {
  if (!wanted) return null
  if (why === 'invited') return paths.wantedInvitation(wanted.slug)
  if (why === 'host') return paths.hostedWanted(wanted.slug)
  return event === 'wanted-slots' ? paths.ownWanted(wanted.slug) : paths.wantedThing(wanted.slug)
}

function amaHref({ event, why, ama }: Told): string | null {
  if (!ama) return null
  if (event === 'ama-invitation') return paths.amaInvitation(ama.slug)
  if (event === 'ama-accepted' || event === 'ama-declined') return paths.hostedAma(ama.slug)
  if (event === 'ama-tomorrow') return paths.preparedAnswers(ama.slug)
  if (event === 'ama-to-close') return paths.closeAma(ama.slug)
  if (event === 'ama-left-out' && !ama.shown) return null
  // Of a draft there is no page but for its people.
  if (!ama.shown) return why === 'mentor' ? paths.amaInvitation(ama.slug) : paths.hostedAma(ama.slug)
  return paths.ama(ama.slug)
}

function amaText({ event, why, ama, by, count: n, outOf }: Told): string {
  if (!ama) return ''
  const when = amaDate(new Date(ama.startsAt), ama.timeZone)
  const which = why === 'mentor' ? `Your AMA on ${ama.topic}` : `The AMA ${ama.mentors ? `of ${ama.mentors} ` : ''}on ${ama.topic}`
  switch (event) {
    case 'ama-invitation':
      return `You are invited to hold an AMA on ${ama.topic}, ${when}.`
    case 'ama-left-out':
      return `A host has changed who holds the AMA on ${ama.topic}, ${when}: you are not asked to any more.`
    case 'ama-accepted':
      return `${by ?? 'A mentor'} will hold the AMA on ${ama.topic}, ${when}.`
    case 'ama-declined':
      return `${by ?? 'A mentor'} will not hold the AMA on ${ama.topic}, ${when}.`
    case 'ama-moved':
      return `${which} has moved to ${when}.`
    case 'ama-soon':
      return `${which} begins soon: ${when}.`
    case 'ama-tomorrow':
      return `${which} is on ${when}. ${preparedText(n, outOf)}`
    case 'ama-to-close':
      return `${which}, ${when}, is over and not closed yet. Say what becomes of its questions.`
    case 'ama-cancelled':
      return `${which}, ${when}, was cancelled.`
    case 'ama-closed':
      return `${which} is closed. Its page says what became of ${why === 'asker' ? 'your question' : 'the question that you wait for'}.`
    default:
      return `${why === 'joined' ? 'What you wanted comes about. ' : ''}${which} is announced for ${when}.`
  }
}

function preparedText(n: number | null, outOf: number | null): string {
  if (outOf === null) return 'Nobody has asked anything yet.'
  return `You have prepared ${n === null ? 'none' : thousands(n)} of ${number(outOf, 'question')}.`
}

function number(n: number | null, word: Counted): string {
  return count(n ?? 0, word) ?? ''
}

function whose(why: string | null): string {
  if (why === 'asker') return 'your question'
  return why === 'requester' ? 'a question that you wait for:' : 'a question that you follow:'
}

/** What the subject of a mail says before " at Perch". */
export function subjectOf(event: string): string {
  if (event === 'answered' || event === 'placed') return 'An answer'
  if (['hide', 'restore', 'suspend'].includes(event)) return 'A decision of a moderator'
  if (ABOUT_OWN.includes(event)) return 'Your question'
  if ([...TO_CHECK, 'no-mentor', 'handed-over'].includes(event)) return 'A question waits'
  if (event === 'questions-wait') return 'People who wait for you'
  if (event === 'reports-wait') return 'Reports that wait'
  if (event === 'ama-tomorrow') return 'An AMA tomorrow'
  if (event === 'ama-to-close') return 'An AMA to close'
  if (event === 'role-to-check') return 'A role waits'
  if (event.startsWith('role-')) return 'Your role'
  if (event === 'ama-invitation' || event === 'wanted-invitation') return 'An invitation to hold an AMA'
  if (event === 'wanted-ready') return 'Enough people want it'
  if (event.startsWith('wanted-')) return 'News of what is wanted'
  return event.startsWith('ama-') ? 'News of an AMA' : 'News of a question'
}

/** What is sealed in the link of a mail that turns its kind off, and why it does not lead anywhere. */
export const TURN_OFF = 'notice-off'
export const NO_LINK = 'This link is not one of ours, or was cut off. Your settings have the same.'

/** `word` is the end of the link. */
export const TurnOff = z.object({ word: z.string().max(300) })

/** What of a kind reaches somebody: the inbox and a mail, the inbox alone, or nothing. */
export const LEVELS = ['mail', 'inbox', 'off'] as const
const Level = z.enum(LEVELS)
export type Level = z.infer<typeof Level>

const some = z.enum(['mail', 'inbox']).optional()

/** Of kinds that are not in the form nothing changes. */
export const ChooseNotices = z.object({
  answers: some,
  questions: some,
  amas: Level.optional(),
  mentor: some,
  waiting: Level.optional(),
  host: some,
  moderator: Level.optional(),
})

export const offLimits: Limit[] = [{ name: 'notices-off', by: 'address', points: 60, seconds: 900 }]
