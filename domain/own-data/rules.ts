import { z } from 'zod'
import type { Limit } from '#lib/limit.ts'

/**
 * What of a table goes into the archive that a person may take along. `by` are the columns that say whose a row is; `given`
 * those that the archive has; `left` those that it has not, each with the reason.
 */
export type Owned = { by: readonly string[]; given: readonly string[]; left: Readonly<Record<string, string>> }

const COUNTED = 'counted from other rows'
const MADE = 'made from what is given'
const SECRET = 'opens the account'
const OF_MODERATOR = 'who decided, which is told to nobody'

/** Every model, or why nothing in it is anybody's. A test holds this against the database: a new column needs a word here. */
export const dataMap = {
  Member: {
    by: ['id'],
    given: [
      ...[
        'id',
        'handle',
        'name',
        'bio',
        'links',
        'disclosure',
        'timeZone',
        'portraitId',
        'companyId',
        'title',
        'mentorSince',
        'createdAt',
        'importedAt',
      ],
      ...['answerCount', 'viewCount', 'amaCount', 'followerCount', 'followsShownSince', 'profileHiddenAt', 'hiddenPortraitId'],
      ...['directLimit', 'pausedUntil', 'unrankedSince'],
    ],
    left: { deletedAt: 'of nobody', profileHiddenById: OF_MODERATOR },
  },
  Account: {
    by: ['memberId'],
    given: ['memberId', 'email', 'emailProvedAt', 'adminSince', 'suspendedUntil', 'suspendedFor', 'createdAt'],
    left: { passwordHash: SECRET },
  },
  Session: {
    by: ['memberId'],
    given: ['id', 'memberId', 'createdAt', 'seenAt', 'provedAt', 'expiresAt', 'agent'],
    left: { tokenHash: SECRET },
  },
  MailProof: {
    by: ['memberId', 'email'],
    given: [
      'id',
      'purpose',
      'email',
      'memberId',
      'next',
      'waitingPress',
      'roleId',
      'communityId',
      'attempts',
      'createdAt',
      'expiresAt',
      'usedAt',
    ],
    left: { codeHash: SECRET, linkHash: SECRET },
  },
  Authenticator: {
    by: ['memberId'],
    given: ['memberId', 'addedAt', 'confirmedAt'],
    left: { sealedKey: SECRET, usedStep: 'when a code was used last, to thirty seconds' },
  },
  RecoveryCode: { by: ['memberId'], given: ['memberId', 'madeAt', 'usedAt'], left: { codeHash: SECRET } },
  Passkey: {
    by: ['memberId'],
    given: ['id', 'memberId', 'transports', 'name', 'addedAt', 'usedAt'],
    left: { credentialId: 'known to the device', publicKey: 'known to the device', counter: 'known to the device' },
  },
  Identity: { by: ['memberId'], given: ['issuer', 'subject', 'memberId', 'linkedAt', 'usedAt'], left: {} },
  PendingSignIn: { by: ['memberId'], given: ['id', 'memberId', 'next', 'createdAt', 'expiresAt'], left: { tokenHash: SECRET } },
  Mail: { by: ['to'], given: ['id', 'to', 'subject', 'text', 'keptAt'], left: { html: MADE } },
  MovedSlug: { by: ['targetId'], given: ['kind', 'slug', 'targetId', 'movedAt'], left: {} },
  Role: {
    by: ['memberId'],
    given: [
      ...['id', 'memberId', 'companyId', 'title', 'startedOn', 'endedOn'],
      ...['claimedCompany', 'claimedAt', 'checkedAt', 'checkedHow', 'checkedAs'],
    ],
    left: {},
  },
  Application: {
    by: ['memberId'],
    given: ['id', 'memberId', 'roleId', 'communityId', 'how', 'proof', 'appliedAt', 'decidedAt', 'refusedFor'],
    left: { decidedById: OF_MODERATOR },
  },
  CommunityMentor: {
    by: ['memberId'],
    given: ['communityId', 'memberId', 'answerCount', 'amaCount', 'helpedMonth', 'helpedYear', 'helpedEver'],
    left: { sortName: MADE },
  },
  CommunityRole: { by: ['memberId'], given: ['communityId', 'memberId', 'role', 'givenAt'], left: {} },
  AmaInvitation: {
    by: ['memberId'],
    given: ['amaId', 'memberId', 'position', 'invitedAt', 'acceptedAt', 'declinedAt', 'words'],
    left: {},
  },
  AmaHost: { by: ['memberId'], given: ['amaId', 'memberId', 'addedAt'], left: {} },
  AmaReminder: { by: ['memberId'], given: ['amaId', 'memberId', 'setAt'], left: {} },
  AmaMentor: { by: ['memberId'], given: ['amaId', 'memberId', 'position', 'companyId', 'title'], left: {} },
  Ama: {
    by: ['cancelledById', 'closedById'],
    given: ['id', 'slug', 'startsAt', 'cancelledAt', 'cancelledById', 'closedAt', 'closedById', 'closingNote'],
    left: {
      communityId: 'of the AMA',
      topicId: 'of the AMA',
      startsAtLocal: 'of the AMA',
      timeZone: 'of the AMA',
      endsAt: 'of the AMA',
      introduction: 'of the AMA',
      introductionHtml: 'of the AMA',
      closingNoteHtml: MADE,
      createdAt: 'of the AMA',
      publishedAt: 'of the AMA',
      questionsOpenAt: 'of the AMA',
      checking: 'of the AMA',
      revision: 'of the AMA',
      changedAt: 'of the AMA',
      questionCount: COUNTED,
      answeredCount: COUNTED,
    },
  },
  Question: {
    by: ['askedById'],
    given: [
      ...['id', 'slug', 'communityId', 'topicId', 'amaId', 'number', 'askedToId', 'askedToAt', 'askedById', 'showName', 'title', 'details'],
      ...['askedAt', 'revisedAt'],
      ...['requestCount', 'answerCount', 'viewCount', 'hiddenAt', 'heldAt', 'checkedAt', 'returnedAt', 'returnReason', 'closedAt'],
    ],
    left: {
      hiddenById: OF_MODERATOR,
      waitingCount: COUNTED,
      sentInAt: 'of a question that nobody here asked',
      checkedById: 'of the host',
      askKey: 'a number that a browser or this site made',
      importKey: 'of the file it came with',
      requestBase: 'of the file it came with',
      detailsHtml: MADE,
      leadAnswerId: 'of who answered',
      leadAnsweredAt: 'of who answered',
      leadMentorId: 'of who answered',
      leadExcerpt: 'of who answered',
      lastAnsweredAt: 'of who answered',
    },
  },
  Clarification: {
    by: ['memberId'],
    given: ['id', 'questionId', 'memberId', 'body', 'addedAt', 'heldAt', 'returnedAt', 'returnReason'],
    left: { html: MADE },
  },
  Draft: {
    by: ['memberId'],
    given: ['id', 'memberId', 'place', 'title', 'details', 'topic', 'showName', 'version', 'savedAt'],
    left: { tokenHash: 'of a visitor, who is not known', askKey: 'a number that a browser or this site made' },
  },
  AnswerRequest: { by: ['memberId'], given: ['questionId', 'memberId', 'requestedAt', 'againAt'], left: {} },
  Answer: {
    by: ['mentorId'],
    given: [
      'id',
      'questionId',
      'mentorId',
      'companyId',
      'title',
      'body',
      'point',
      'answeredAt',
      'editedAt',
      'viewCount',
      'helpfulCount',
      'thanksCount',
      'hiddenAt',
    ],
    left: {
      importKey: 'of the file it came with',
      viewBase: 'of the file it came with',
      html: MADE,
      excerpt: MADE,
      hiddenById: OF_MODERATOR,
      questionHiddenAt: 'of the question',
    },
  },
  AnswerVersion: {
    by: ['mentorId'],
    given: ['answerId', 'number', 'mentorId', 'body', 'writtenAt', 'replacedAt', 'reason', 'removedAt', 'removeReason'],
    left: { html: MADE },
  },
  AnswerImage: { by: ['memberId'], given: ['id', 'memberId', 'width', 'height', 'uploadedAt'], left: {} },
  AnswerPlacement: { by: ['mentorId'], given: ['answerId', 'questionId', 'mentorId', 'line', 'placedAt'], left: {} },
  AnswerDraft: {
    by: ['memberId'],
    given: ['memberId', 'questionId', 'body', 'version', 'savedAt', 'preparedAt', 'atStart'],
    left: { windowKey: 'a number that a browser made' },
  },
  LocalWord: { by: ['addedById'], given: ['amaId', 'word', 'means', 'addedById', 'addedAt'], left: {} },
  AnswerLease: { by: ['memberId'], given: ['memberId', 'questionId', 'since', 'until'], left: {} },
  Report: {
    by: ['reportedById'],
    given: ['id', 'reportedById', 'questionId', 'answerId', 'profileOfId', 'wantedId', 'reason', 'words', 'reportedAt', 'closedAt'],
    left: { communityId: 'of the thing', closedById: OF_MODERATOR },
  },
  SetAside: { by: ['memberId'], given: ['memberId', 'questionId', 'act', 'until', 'toId', 'words', 'setAsideAt'], left: {} },
  AnswerMark: { by: ['memberId'], given: ['memberId', 'kind', 'answerId', 'markedAt'], left: {} },
  Follow: {
    by: ['memberId'],
    given: ['id', 'memberId', 'mentorId', 'topicId', 'questionId', 'followedAt', 'mutedAt', 'endedAt'],
    left: {},
  },
  Notice: {
    by: ['memberId'],
    given: [
      ...['id', 'memberId', 'event', 'kind', 'why', 'questionId', 'answerId', 'amaId', 'communityId', 'wantedId', 'byId', 'count', 'outOf'],
      ...['reason', 'words', 'until', 'toldAt', 'readAt'],
    ],
    left: { key: 'made from the event and a thing' },
  },
  Wanted: {
    by: ['askedById'],
    given: [
      'id',
      'slug',
      'communityId',
      'kind',
      'title',
      'why',
      'aboutId',
      'askedById',
      'askedAt',
      'joinCount',
      'readyAt',
      'closedAt',
      'hiddenAt',
    ],
    left: {
      hiddenById: OF_MODERATOR,
      topicId: 'of the hosts',
      mentorId: 'of the hosts',
      invitationId: 'of the hosts',
      invitedAt: 'of the hosts',
      invitationText: 'of the hosts',
      invitedById: 'of the hosts',
      minutes: 'of the mentor',
      offeredAt: 'of the mentor',
      amaId: 'of the AMA',
    },
  },
  WantedJoin: { by: ['memberId'], given: ['wantedId', 'memberId', 'joinedAt', 'question', 'picked', 'pickedOf', 'leftOut'], left: {} },
  WantedSlot: 'times that are offered to all who joined; the AMA that comes of one is given',
  NoticeChoice: { by: ['memberId'], given: ['memberId', 'kind', 'level'], left: {} },
  // What the person did as a moderator; what was done to something of theirs is told in Notice.
  ModerationEvent: {
    by: ['actorId'],
    given: ['id', 'actorId', 'act', 'thing', 'thingId', 'communityId', 'reason', 'happenedAt'],
    left: {},
  },
  AuditEvent: {
    by: ['byId', 'ofId'],
    given: ['id', 'happenedAt', 'act', 'communityId', 'detail', 'address'],
    left: { byId: 'one of the two is somebody else', ofId: 'one of the two is somebody else' },
  },
  Deflection: 'its readers cannot be led back to anybody a day later',
  AnswerView: 'its readers cannot be told from each other a day later, nor led back to anybody',
  AnswerDay: 'numbers of an answer, which is given whole',
  MentorDay: { by: ['mentorId'], given: ['mentorId', 'day', 'views', 'readers'], left: {} },
  MentorReader: 'as AnswerView, of which it is made',
  Invitation: {
    by: ['invitedById', 'usedById'],
    given: ['id', 'communityId', 'company', 'title', 'createdAt', 'expiresAt', 'usedAt'],
    left: { invitedById: 'one of the two is somebody else', usedById: 'one of the two is somebody else' },
  },
  SitePage: { by: ['updatedById'], given: ['slug', 'body', 'updatedAt', 'updatedById'], left: { html: MADE } },
  Site: 'everybody’s',
  Community: 'everybody’s',
  Topic: 'everybody’s',
  Company: 'everybody’s',
  QuestionWords: 'the words of a question, which is given whole',
  AnswerWords: 'the words of an answer, which is given whole',
  MentorWords: 'the words of a member, who is given whole',
  AmaWords: 'the words of an AMA',
  RelatedToQuestion: 'worked out from all questions',
  RelatedToAma: 'worked out from all AMAs',
  TopMentors: 'worked out from what everybody reads',
  TopicWords: 'the words of a topic',
  CompanyWords: 'the words of a company',
  ReadTitle: 'the title of a question, which is given whole',
  NameStart: 'names and titles, which are given whole',
  AmaEvent: 'names nobody',
  DemoRow: 'nobody is real there',
  NotToInvite: 'a sum of an address that cannot be turned back',
  GoneHandle: 'of people who are gone, and a sum that cannot be turned back',
  PasskeyChallenge: 'led to nobody',
  RateLimit: 'its keys lead to nobody',
} as const satisfies Record<string, Owned | string>

export type OwnedModel = { [Model in keyof typeof dataMap]: (typeof dataMap)[Model] extends string ? never : Model }[keyof typeof dataMap]

/** Columns that name a member and still make no row theirs, each with the reason. */
export const othersRows: Record<string, string> = {
  'GoneHandle.memberId': 'somebody who is gone',
  'MentorWords.memberId': 'made from the row of the member',
  'MentorReader.mentorId': 'who read, and leads to nobody',
  'Question.askedToId': 'the words of who asked',
  'SetAside.toId': 'the act of who handed it over',
  'Question.leadMentorId': 'the answer has it',
  'Question.checkedById': 'the words of who asked',
  'Question.hiddenById': 'the words of who asked; the moderation event has it',
  'Wanted.mentorId': 'the words of who asked for it, and of the hosts',
  'Wanted.invitedById': 'the words of who asked for it; what the host wrote was sent to somebody else',
  'Wanted.aboutId': 'the words of who asked for it',
  'Wanted.hiddenById': 'the words of who asked for it; the moderation event has it',
  'Answer.hiddenById': 'the words of who answered; the moderation event has it',
  'Member.profileHiddenById': 'the words of somebody else; the moderation event has it',
  'Follow.mentorId': 'who follows is private, also to the mentor',
  'Notice.byId': 'told somebody else',
  'Report.profileOfId': 'the words of who reported',
  'Report.closedById': 'the words of who reported',
  'Application.decidedById': 'the words of who applied',
}

export const archiveLimits: Limit[] = [{ name: 'archive', by: 'person', points: 5, seconds: 3_600 }]
export const deleteLimits: Limit[] = [{ name: 'delete', by: 'person', points: 10, seconds: 3_600 }]

/** What is to become of what the person wrote, and their handle typed, so that nobody does it by a slip. */
export const DeleteAccount = z.object({
  written: z.enum(['stays', 'goes'], 'Choose what becomes of what you wrote.'),
  handle: z.string().trim().toLowerCase(),
})
