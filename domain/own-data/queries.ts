import { promisify } from 'node:util'
import { strToU8, zip } from 'fflate'
import { findOwnPortrait } from '#domain/member/queries.ts'
import { dataMap, type OwnedModel } from '#domain/own-data/rules.ts'
import { db } from '#lib/db.ts'
import { readKept } from '#lib/files.ts'
import { imageFile, portraitFile } from '#lib/paths.ts'
import type { Viewer } from '#lib/viewer.ts'

type Person = { memberId: string; email: string }
type Row = Record<string, unknown>

/** Every row that is the person's, by model, with the columns that dataMap gives. */
export async function collectOwnData({ memberId }: NonNullable<Viewer>): Promise<Record<OwnedModel, Row[]>> {
  const { email } = await db().account.findUniqueOrThrow({ where: { memberId }, select: { email: true } })
  const collected = await Promise.all(
    Object.entries(rowsOf).map(async ([model, find]) => [model, (await find({ memberId, email })).map(given(model as OwnedModel))]),
  )
  return Object.fromEntries(collected)
}

type Files = Record<string, Uint8Array>

/** The person's pictures, by the names that they have in the archive. Throws a Refusal where their place does not answer. */
export async function readOwnPictures(viewer: NonNullable<Viewer>): Promise<Files> {
  const files: Files = {}
  const portraitId = await findOwnPortrait(viewer)
  const picture = portraitId && (await readKept(portraitFile(portraitId, 192)))
  if (picture) files['picture.webp'] = picture
  for (const image of await db().answerImage.findMany({ where: { memberId: viewer.memberId } })) {
    const file = imageFile(image)
    const bytes = await readKept(file)
    if (bytes) files[`images/${file}`] = bytes
  }
  return files
}

/** Data and pictures as a ZIP file, with a JSON file per model. */
export async function packOwnData(viewer: NonNullable<Viewer>, pictures: Files): Promise<Uint8Array<ArrayBuffer>> {
  const data = await collectOwnData(viewer)
  const files: Files = { 'READ ME.txt': strToU8(INTRODUCTION) }
  for (const [model, rows] of Object.entries(data)) files[`${model}.json`] = strToU8(`${JSON.stringify(rows, null, 2)}\n`)
  return new Uint8Array(await zipped({ ...files, ...pictures }))
}

const INTRODUCTION = `All that this site keeps of you, one file for each kind of thing. Times are in UTC; an id that ends one line begins another.
What is missing is what would open your account (passwords and codes are kept only as a sum that cannot be turned back), and
what is made from the rest.
`

// Every row of one person, at once: nobody has so many that they would not fit.
const rowsOf: Record<OwnedModel, (person: Person) => Promise<Row[]>> = {
  Member: ({ memberId }) => db().member.findMany({ where: { id: memberId } }),
  Account: ({ memberId }) => db().account.findMany({ where: { memberId } }),
  Session: ({ memberId }) => db().session.findMany({ where: { memberId } }),
  MailProof: ({ memberId, email }) => db().mailProof.findMany({ where: { OR: [{ memberId }, { email }] } }),
  Authenticator: ({ memberId }) => db().authenticator.findMany({ where: { memberId } }),
  RecoveryCode: ({ memberId }) => db().recoveryCode.findMany({ where: { memberId } }),
  Passkey: ({ memberId }) => db().passkey.findMany({ where: { memberId } }),
  Identity: ({ memberId }) => db().identity.findMany({ where: { memberId } }),
  PendingSignIn: ({ memberId }) => db().pendingSignIn.findMany({ where: { memberId } }),
  Mail: ({ email }) => db().mail.findMany({ where: { to: email } }),
  MovedSlug: ({ memberId }) => db().movedSlug.findMany({ where: { kind: 'Member', targetId: memberId } }),
  Role: ({ memberId }) => db().role.findMany({ where: { memberId } }),
  Application: ({ memberId }) => db().application.findMany({ where: { memberId } }),
  CommunityMentor: ({ memberId }) => db().communityMentor.findMany({ where: { memberId } }),
  CommunityRole: ({ memberId }) => db().communityRole.findMany({ where: { memberId } }),
  AmaInvitation: ({ memberId }) => db().amaInvitation.findMany({ where: { memberId } }),
  AmaHost: ({ memberId }) => db().amaHost.findMany({ where: { memberId } }),
  AmaReminder: ({ memberId }) => db().amaReminder.findMany({ where: { memberId } }),
  AmaMentor: ({ memberId }) => db().amaMentor.findMany({ where: { memberId } }),
  Ama: ({ memberId }) => db().ama.findMany({ where: { OR: [{ cancelledById: memberId }, { closedById: memberId }] } }),
  Question: ({ memberId }) => db().question.findMany({ where: { askedById: memberId } }),
  Clarification: ({ memberId }) => db().clarification.findMany({ where: { memberId } }),
  Draft: ({ memberId }) => db().draft.findMany({ where: { memberId } }),
  AnswerRequest: ({ memberId }) => db().answerRequest.findMany({ where: { memberId } }),
  SetAside: ({ memberId }) => db().setAside.findMany({ where: { memberId } }),
  MentorDay: ({ memberId }) => db().mentorDay.findMany({ where: { mentorId: memberId } }),
  AnswerMark: ({ memberId }) => db().answerMark.findMany({ where: { memberId } }),
  Follow: ({ memberId }) => db().follow.findMany({ where: { memberId } }),
  Answer: ({ memberId }) => db().answer.findMany({ where: { mentorId: memberId } }),
  AnswerPlacement: ({ memberId }) => db().answerPlacement.findMany({ where: { mentorId: memberId } }),
  AnswerVersion: ({ memberId }) => db().answerVersion.findMany({ where: { mentorId: memberId } }),
  AnswerImage: ({ memberId }) => db().answerImage.findMany({ where: { memberId } }),
  AnswerDraft: ({ memberId }) => db().answerDraft.findMany({ where: { memberId } }),
  LocalWord: ({ memberId }) => db().localWord.findMany({ where: { addedById: memberId } }),
  AnswerLease: ({ memberId }) => db().answerLease.findMany({ where: { memberId } }),
  Invitation: ({ memberId }) => db().invitation.findMany({ where: { OR: [{ invitedById: memberId }, { usedById: memberId }] } }),
  SitePage: ({ memberId }) => db().sitePage.findMany({ where: { updatedById: memberId } }),
  Report: ({ memberId }) => db().report.findMany({ where: { reportedById: memberId } }),
  Wanted: ({ memberId }) => db().wanted.findMany({ where: { askedById: memberId } }),
  WantedJoin: ({ memberId }) => db().wantedJoin.findMany({ where: { memberId } }),
  Notice: ({ memberId }) => db().notice.findMany({ where: { memberId } }),
  NoticeChoice: ({ memberId }) => db().noticeChoice.findMany({ where: { memberId } }),
  AuditEvent: async ({ memberId }) => {
    const rows = await db().auditEvent.findMany({ where: { OR: [{ byId: memberId }, { ofId: memberId }] } })
    return rows.map((row) => ({ ...row, address: row.byId === memberId ? row.address : null }))
  },
  ModerationEvent: ({ memberId }) => db().moderationEvent.findMany({ where: { actorId: memberId } }),
}

function given(model: OwnedModel): (row: Row) => Row {
  return (row) => Object.fromEntries(dataMap[model].given.map((column) => [column, row[column]]))
}

const zipped = promisify<Record<string, Uint8Array>, Uint8Array>(zip)
