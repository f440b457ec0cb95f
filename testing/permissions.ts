import sharp from 'sharp'
import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import {
  askForCode,
  askForReset,
  changeEmail,
  changePassword,
  confirmEmail,
  proveByCode,
  proveByLink,
  resetPassword,
  signInWithPassword,
  signUp,
} from '#domain/account/commands.ts'
import { acceptAma, cancelAma, declineAma, draftAma, editAma, publishAma } from '#domain/ama/commands.ts'
import { DraftAma } from '#domain/ama/rules.ts'
import {
  choosePoint,
  editAnswer,
  hideAnswer,
  publishAnswer,
  publishPrepared,
  removeVersion,
  takeBackAnswer,
  takePlacementBack,
} from '#domain/answer/commands.ts'
import {
  beginAuthenticator,
  confirmAuthenticator,
  hideRecoveryCodes,
  proveSecondFactor,
  removeAuthenticator,
  renewRecoveryCodes,
} from '#domain/authenticator/commands.ts'
import { closeAma } from '#domain/closing/commands.ts'
import { CloseAma } from '#domain/closing/rules.ts'
import { editCommunity, makeCommunity, setChecking } from '#domain/community/commands.ts'
import { noteAnswered } from '#domain/deflection/commands.ts'
import { askQuestion } from '#domain/draft/commands.ts'
import { AskQuestion } from '#domain/draft/rules.ts'
import { muteFollow } from '#domain/follow/commands.ts'
import { joinWithIdentity, unlinkIdentity } from '#domain/identity/commands.ts'
import type { Joining } from '#domain/identity/rules.ts'
import { acceptInvitation, invite, withdrawInvitation } from '#domain/invitation/commands.ts'
import { invitationWord } from '#domain/invitation/queries.ts'
import { defineWord } from '#domain/local-word/commands.ts'
import {
  changeHandle,
  changeProfile,
  chooseDirect,
  chooseLists,
  hideProfile,
  removePortrait,
  setPortrait,
  showFollows,
} from '#domain/member/commands.ts'
import { noInvitationsWord } from '#domain/not-to-invite/queries.ts'
import { chooseNotices, turnOff } from '#domain/notice/commands.ts'
import { TURN_OFF } from '#domain/notice/rules.ts'
import { deleteAccount } from '#domain/own-data/commands.ts'
import { addPasskey, beginPasskey, beginPasskeySignIn, removePasskey, renamePasskey, signInWithPasskey } from '#domain/passkey/commands.ts'
import { listPasskeys } from '#domain/passkey/queries.ts'
import {
  clarifyQuestion,
  editAmaQuestion,
  editQuestion,
  letThrough,
  returnQuestion,
  sendIn,
  showName,
  withdrawQuestion,
} from '#domain/question/commands.ts'
import { askBack, decline, defer, handOver, placeEarlier, restore as putBack, skip } from '#domain/queue/commands.ts'
import { hide, keep, lookUp, restore, sendReport, suspend } from '#domain/report/commands.ts'
import { acceptRole, addRole, changeRole, checkByLink, checkByMail, proveWorkMail, refuseRole, removeRole } from '#domain/role/commands.ts'
import { endOtherSessions, endSession, signOut } from '#domain/session/commands.ts'
import { finishSetUp, renameSite, sendTestMail, setUp } from '#domain/site/commands.ts'
import { writePage } from '#domain/site-page/commands.ts'
import { addTopics, editTopic } from '#domain/topic/commands.ts'
import { askForWanted, attachQuestion, setThreshold, withdrawWanted } from '#domain/wanted/commands.ts'
import { AskForWanted } from '#domain/wanted/rules.ts'
import {
  declineWanted,
  endWanted,
  inviteForWanted,
  leaveOutQuestion,
  neverInvite,
  offerSlots,
  pickSlots,
} from '#domain/wanted-slot/commands.ts'
import { OfferSlots } from '#domain/wanted-slot/rules.ts'
import { db } from '#lib/db.ts'
import { keepFile } from '#lib/files.ts'
import { imageFile, paths } from '#lib/paths.ts'
import type { RefusalCode } from '#lib/refusal.ts'
import { seal } from '#lib/seal.ts'
import { tokenHash } from '#lib/secret.ts'
import { totpCode } from '#lib/totp.ts'
import type { Prisma } from '#prisma/client/client.ts'
import { type Asker, PASSWORD, PEOPLE, type Who } from '#testing/askers.ts'
import { makeAma, makeAnswer, makeMentor, makeCommunity as makeOtherCommunity, makeQuestion, makeTopic } from '#testing/factories.ts'
import { addPasskeyOf, assertionForm, makeDevice, registrationForm } from '#testing/passkeys.ts'
import { addSecondFactor, beginSecondFactor, codeTo, earlierVisitOf, linkTo, makePerson, visit, visitOf } from '#testing/people.ts'

// Who may do what. testing/permissions.test.ts holds the code to these four tables, and fails for what has no row:
//
// - `commands`: what an action (domain/NOUN/actions.ts) opens, as "noun.command". `attempt` does it as somebody who brings
//   all that is needed besides the right, so that nothing but the right decides; `asker.here` is the community of which a
//   host or moderator is one, so what the command is about is made there. `may` says for each of PEOPLE "yes" or the code of
//   the refusal: begin with everybody(…) or signedIn(…), and name those who differ.
// - `inside`: the other exported commands, with who calls them.
// - `pages`: 'public' for those that are the same for everybody (lib/paths.ts), else what each gets: "yes", "→ /address" or
//   "404", and what it reads: `params`, `searchParams` (words, or what makes them for the asker), what the browser has `carried` along.
// - `routes`: "METHOD path", likewise, with the `request` that is sent; a refusal is its status.

type Outcome<Other> = Record<Who, 'yes' | Other>
type Command = { attempt: (asker: Asker) => Promise<unknown>; may: Outcome<RefusalCode> }
type Words = Record<string, string>
type Told = Words | ((asker: Asker) => Words | Promise<Words>)
type Page = 'public' | { may: Outcome<'404' | `→ /${string}`>; params?: Told; searchParams?: Told; carried?: () => Promise<string | null> }
type Route = 'public' | { may: Outcome<number>; request: (asker: Asker) => Request | Promise<Request> }

export const commands: Record<string, Command> = {
  'account.askForCode': {
    attempt: ({ email, visit: v }) => askForCode(v.viewer, { email, next: null }, v),
    may: everybody('yes'),
  },
  'account.proveByCode': {
    attempt: async (asker) => {
      const { carry = null } = await askForCode(null, { email: asker.email, next: null }, visit())
      const code = await codeTo(asker.email)
      return proveByCode(asker.visit.viewer, { code }, { ...asker.visit, carried: carry })
    },
    may: everybody('yes'),
  },
  'account.proveByLink': {
    attempt: async ({ email, visit: v }) => {
      await askForCode(null, { email, next: null }, visit())
      return proveByLink(v.viewer, { token: await linkTo(email) }, v)
    },
    may: everybody('yes'),
  },
  // With an address that has no account yet, which anybody may have.
  'account.signUp': {
    attempt: async ({ visit: v }) => signUp(v.viewer, { name: 'Ada Osei' }, { ...v, carried: await proveNewAddress() }),
    may: everybody('yes'),
  },
  'account.signInWithPassword': {
    attempt: ({ email, visit: v }) => signInWithPassword(v.viewer, { email, password: PASSWORD, next: null }, v),
    may: everybody('yes'),
  },
  'account.askForReset': {
    attempt: ({ email, visit: v }) => askForReset(v.viewer, { email }, v),
    may: everybody('yes'),
  },
  'account.resetPassword': {
    attempt: async ({ email, visit: v }) => {
      await askForReset(null, { email }, visit())
      return resetPassword(v.viewer, { token: await linkTo(email), password: `${PASSWORD} again` }, v)
    },
    may: everybody('yes'),
  },
  'account.changePassword': {
    attempt: ({ visit: v }) => changePassword(v.viewer, { current: PASSWORD, password: `${PASSWORD} again` }, v),
    may: signedIn('yes', 'sign_in'),
  },
  'account.changeEmail': {
    attempt: ({ visit: v }) => changeEmail(v.viewer, { email: `${uuid()}@example.org` }, v),
    may: signedIn('yes', 'sign_in'),
  },
  // Whoever has the mail: the link may be opened in another browser.
  'account.confirmEmail': {
    attempt: async ({ memberId, visit: v }) => {
      const email = `${uuid()}@example.org`
      const own = await signInAgain(memberId)
      await changeEmail(own, { email }, visit({ viewer: own }))
      return confirmEmail(v.viewer, { token: await linkTo(email) }, v)
    },
    may: everybody('yes'),
  },
  // Whoever has proved the first factor of an account, with what proves the second.
  'authenticator.proveSecondFactor': {
    attempt: async ({ memberId, email, visit: v }) => {
      const { key } = await addSecondFactor(memberId)
      const { carry = null } = await signInWithPassword(null, { email, password: PASSWORD, next: null }, visit())
      return proveSecondFactor(v.viewer, { code: totpCode(key, v.now) }, { ...v, carried: carry })
    },
    may: everybody('yes'),
  },
  // The way into the account stays in its owner's hands while it is suspended.
  'authenticator.beginAuthenticator': {
    attempt: ({ visit: v }) => beginAuthenticator(v.viewer, {}, v),
    may: signedIn('yes', 'sign_in'),
  },
  'authenticator.confirmAuthenticator': {
    attempt: async ({ memberId, visit: v }) => {
      const key = await beginSecondFactor(memberId)
      return confirmAuthenticator(v.viewer, { code: totpCode(key, v.now) }, v)
    },
    may: signedIn('yes', 'sign_in'),
  },
  'authenticator.renewRecoveryCodes': {
    attempt: async ({ memberId, visit: v }) => {
      await addSecondFactor(memberId)
      return renewRecoveryCodes(v.viewer, {}, v)
    },
    may: signedIn('yes', 'sign_in'),
  },
  'authenticator.hideRecoveryCodes': { attempt: () => hideRecoveryCodes(), may: everybody('yes') },
  'authenticator.removeAuthenticator': {
    attempt: ({ visit: v }) => removeAuthenticator(v.viewer, {}, v),
    may: signedIn('yes', 'sign_in'),
  },
  // As with the authenticator, passkeys stay in their owner's hands.
  // With what a browser brings back from a provider, of somebody whom nobody knows here.
  'identity.joinWithIdentity': {
    attempt: ({ visit: v }) => joinWithIdentity(v.viewer, { name: 'Ada Osei' }, { ...v, carried: comesFromProvider() }),
    may: everybody('yes'),
  },
  // Where the site knows a provider; here it knows none.
  'identity.unlinkIdentity': {
    attempt: ({ visit: v }) => unlinkIdentity(v.viewer, { provider: 'google' }, v),
    may: signedIn('not_found', 'sign_in'),
  },
  'passkey.signInWithPasskey': {
    attempt: async ({ memberId, visit: v }) => {
      const device = await addPasskeyOf(memberId)
      const { options, carry } = await beginPasskeySignIn(visit())
      return signInWithPasskey(v.viewer, assertionForm(device.get(options)), { ...v, carried: carry })
    },
    may: everybody('yes'),
  },
  'passkey.addPasskey': {
    attempt: async ({ memberId, visit: v }) => {
      const viewer = v.viewer ?? (await signInAgain(memberId))
      const { options, carry } = await beginPasskey(viewer, { ...v, viewer })
      return addPasskey(v.viewer, registrationForm(makeDevice().create(options)), { ...v, carried: carry })
    },
    may: signedIn('yes', 'sign_in'),
  },
  'passkey.renamePasskey': {
    attempt: async ({ memberId, visit: v }) => renamePasskey(v.viewer, { id: await passkeyOf(memberId), name: 'Blue key' }),
    may: signedIn('yes', 'sign_in'),
  },
  'passkey.removePasskey': {
    attempt: async ({ memberId, visit: v }) => removePasskey(v.viewer, { id: await passkeyOf(memberId) }, v),
    may: signedIn('yes', 'sign_in'),
  },
  'report.sendReport': {
    attempt: async (asker) => sendReport(asker.visit.viewer, { ...(await answerThere(asker)), reason: 'spam' }, asker.visit),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  // What one may not decide about is not there.
  'report.hide': {
    attempt: async (asker) => hide(asker.visit.viewer, { ...(await answerThere(asker)), reason: 'spam' }, asker.visit),
    may: moderators('not_found', 'sign_in'),
  },
  'report.restore': {
    attempt: async (asker) => {
      const thing = await answerThere(asker)
      await hideAnswer(db(), thing.id, asker.memberId, new Date())
      return restore(asker.visit.viewer, { ...thing, reason: 'mistake' }, asker.visit)
    },
    may: moderators('not_found', 'sign_in'),
  },
  // What a visitor writes waits for the sign-in.
  'wanted.askForWanted': {
    attempt: ({ here, visit: v }) =>
      askForWanted(v.viewer, AskForWanted.parse({ community: here.id, kind: 'topic', title: 'Glazing without lead' }), v),
    may: everybody<RefusalCode | 'yes'>('yes', { suspended: 'forbidden' }),
  },
  'wanted.attachQuestion': {
    attempt: async ({ memberId, here, visit: v }) => {
      const { id } = await aWish(here.id)
      await db().wantedJoin.create({ data: { wantedId: id, memberId } })
      return attachQuestion(v.viewer, { id, question: 'How hot is the kiln?' })
    },
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'wanted.setThreshold': {
    attempt: ({ here, visit: v }) => setThreshold(v.viewer, { id: here.id, threshold: 3 }, v),
    may: hosts('not_found', 'sign_in'),
  },
  'wanted-slot.inviteForWanted': {
    attempt: async ({ here, visit: v }) => {
      const [{ id }, { handle: who }] = [await aWish(here.id, { readyAt: new Date() }), await makePerson()]
      return inviteForWanted(v.viewer, { id, topic: 'new', who, text: 'Would you?' }, v)
    },
    may: hosts('not_found', 'sign_in'),
  },
  'wanted-slot.endWanted': {
    attempt: async ({ here, visit: v }) => endWanted(v.viewer, { id: (await aWish(here.id)).id, sure: 'on' }, v),
    may: hosts('not_found', 'sign_in'),
  },
  'wanted-slot.leaveOutQuestion': {
    attempt: async ({ here, visit: v }) =>
      leaveOutQuestion(v.viewer, { id: (await aWish(here.id)).id, question: 'How hot is the kiln?', again: undefined }),
    may: hosts('not_found', 'sign_in'),
  },
  // Whoever is invited, mentor or not.
  'wanted-slot.offerSlots': {
    attempt: async ({ memberId, here, visit: v }) => {
      const { id } = await aWish(here.id, { mentorId: memberId })
      const date1 = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10)
      return offerSlots(v.viewer, OfferSlots.parse({ id, date1, time1: '10:00', zone: 'UTC', minutes: '60' }), v)
    },
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  // Whoever has joined.
  'wanted-slot.pickSlots': {
    attempt: async ({ memberId, here, visit: v }) => {
      const offered = new Date()
      const { id } = await aWish(here.id, { offeredAt: offered })
      await db().wantedJoin.create({ data: { wantedId: id, memberId } })
      return pickSlots(v.viewer, { id, offered }, v)
    },
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'wanted-slot.declineWanted': {
    attempt: async ({ memberId, here, visit: v }) =>
      declineWanted(v.viewer, { id: (await aWish(here.id, { mentorId: memberId })).id, never: undefined }, v),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  // Whoever has the link.
  'wanted-slot.neverInvite': {
    attempt: ({ email, visit: v }) => neverInvite(v.viewer, { word: noInvitationsWord({ email, wanted: null }), again: undefined }, v),
    may: everybody('yes'),
  },
  'wanted.withdrawWanted': {
    attempt: async ({ memberId, here, visit: v }) =>
      withdrawWanted(v.viewer, { id: (await aWish(here.id, { askedById: memberId })).id }, v),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'report.keep': {
    attempt: async (asker) => {
      const thing = await answerThere(asker)
      const { viewer } = await visitOf(await makePerson())
      await sendReport(viewer, { ...thing, reason: 'spam' }, visit())
      return keep(asker.visit.viewer, thing, asker.visit)
    },
    may: moderators('not_found', 'sign_in'),
  },
  'report.lookUp': {
    attempt: async ({ here, visit: v }) => {
      const { id } = await makeQuestion(here.id, { askedById: (await makePerson()).memberId })
      const { viewer } = await visitOf(await makePerson())
      await sendReport(viewer, { thing: 'question', id, reason: 'spam' }, visit())
      return lookUp(v.viewer, { thing: 'question', id }, v)
    },
    may: moderators('not_found', 'sign_in'),
  },
  'report.suspend': {
    attempt: async (asker) => {
      const until = new Date(Date.now() + 86_400_000)
      return suspend(asker.visit.viewer, { ...(await answerThere(asker)), until, reason: 'spam' }, asker.visit)
    },
    may: moderators('not_found', 'sign_in'),
  },
  'session.endSession': {
    attempt: async ({ memberId, visit: v }) => endSession(v.viewer, { id: (await signInAgain(memberId)).sessionId }, v),
    may: signedIn('yes', 'sign_in'),
  },
  'session.endOtherSessions': {
    attempt: ({ visit: v }) => endOtherSessions(v.viewer, {}, v),
    may: signedIn('yes', 'sign_in'),
  },
  'session.signOut': { attempt: ({ visit: v }) => signOut(v.viewer), may: everybody('yes') },
  'member.changeProfile': {
    attempt: ({ visit: v }) => changeProfile(v.viewer, { name: 'Ada Osei', bio: null, links: [], disclosure: null, timeZone: null }),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'member.changeHandle': {
    attempt: ({ visit: v }) => changeHandle(v.viewer, { handle: `ada-${uuid()}` }),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'member.showFollows': {
    attempt: ({ visit: v }) => showFollows(v.viewer, { follows: 'shown' }, v),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'follow.muteFollow': {
    attempt: ({ visit: v }) => muteFollow(v.viewer, { thing: 'topic', id: uuid(), mute: 'on' }, v),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'member.setPortrait': {
    attempt: async ({ visit: v }) => setPortrait(v.viewer, { portrait: await picture() }),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'member.removePortrait': {
    attempt: ({ visit: v }) => removePortrait(v.viewer),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  // What a visitor writes is kept, and asked by signing in.
  'draft.askQuestion': {
    attempt: ({ here, visit: v }) => askQuestion(v.viewer, askedIn(here.id), v),
    may: everybody('yes', { suspended: 'forbidden' }),
  },
  'question.editQuestion': {
    attempt: async ({ visit: v, ...asker }) =>
      editQuestion(v.viewer, { id: await ownQuestion(asker), title: 'What was it again?', details: null }, v),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'question.showName': {
    attempt: async ({ visit: v, ...asker }) => showName(v.viewer, { id: await ownQuestion(asker), showName: 'on' }),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'question.withdrawQuestion': {
    attempt: async ({ visit: v, ...asker }) => withdrawQuestion(v.viewer, { id: await ownQuestion(asker) }),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'question.clarifyQuestion': {
    attempt: async ({ visit: v, ...asker }) => clarifyQuestion(v.viewer, { id: await ownQuestion(asker, 2), text: 'We are three.' }, v),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  // Mentors of the question's community; to others it is not there to be answered.
  'answer.publishAnswer': {
    attempt: async ({ here, visit: v }) => publishAnswer(v.viewer, answerTo((await makeQuestion(here.id)).id), v),
    may: signedIn('not_found', 'sign_in', { mentor: 'yes', suspended: 'forbidden' }),
  },
  // Who holds the AMA.
  'answer.publishPrepared': {
    attempt: async (asker) => publishPrepared(asker.visit.viewer, { ama: (await ownAma(asker)).id }, asker.visit),
    may: signedIn('not_found', 'sign_in', { mentor: 'yes', suspended: 'forbidden' }),
  },
  'local-word.defineWord': {
    attempt: async (asker) =>
      defineWord(asker.visit.viewer, { ama: (await ownAma(asker)).id, was: '', do: 'save', word: 'TPM', means: 'PM-T' }, asker.visit),
    may: signedIn('not_found', 'sign_in', { mentor: 'yes', suspended: 'forbidden' }),
  },
  // One's own, wherever it is.
  'answer.editAnswer': {
    attempt: async (asker) => {
      const { questionId } = await ownAnswer(asker)
      return editAnswer(asker.visit.viewer, { ...answerTo(questionId), edits: 0, reason: 'A word was missing.' }, asker.visit)
    },
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'answer.choosePoint': {
    attempt: async (asker) => choosePoint(asker.visit.viewer, { id: (await ownAnswer(asker)).id, point: '' }, asker.visit),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'answer.takeBackAnswer': {
    attempt: async (asker) => takeBackAnswer(asker.visit.viewer, { id: (await ownAnswer(asker)).id }, asker.visit),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'answer.takePlacementBack': {
    attempt: async (asker) => {
      const { id: answerId, mentorId } = await ownAnswer(asker)
      const { id: question } = await makeQuestion(asker.here.id)
      await db().answerPlacement.create({ data: { answerId, mentorId, questionId: question, line: 'The same.', placedAt: new Date() } })
      return takePlacementBack(asker.visit.viewer, { question }, asker.visit)
    },
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'answer.removeVersion': {
    attempt: async (asker) => {
      const { id, mentorId } = await ownAnswer(asker)
      const text = { body: 'It was so.', html: '<p>It was so.</p>', writtenAt: new Date(), replacedAt: new Date(), reason: 'It was not.' }
      await db().answerVersion.create({ data: { answerId: id, number: 1, mentorId, ...text } })
      return removeVersion(asker.visit.viewer, { id, number: 1, reason: 'A customer was named.' }, asker.visit)
    },
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  // Hosts of that community, admins, and in an AMA its co-hosts: to others it is not there.
  'question.letThrough': {
    attempt: async ({ here, visit: v }) => letThrough(v.viewer, { id: await heldQuestion(here.id) }, v),
    may: signedIn('not_found', 'sign_in', { host: 'yes', admin: 'yes' }),
  },
  'question.returnQuestion': {
    attempt: async ({ here, visit: v }) => returnQuestion(v.viewer, { id: await heldQuestion(here.id), reason: 'It is two.' }, v),
    may: signedIn('not_found', 'sign_in', { host: 'yes', admin: 'yes' }),
  },
  // Mentors, of what is in their queue: to others it is not there.
  'queue.skip': {
    attempt: async ({ here, visit: v }) => skip(v.viewer, { id: (await makeQuestion(here.id)).id }, v),
    may: signedIn('not_found', 'sign_in', { mentor: 'yes', suspended: 'forbidden' }),
  },
  'queue.defer': {
    attempt: async ({ here, visit: v }) => {
      const until = new Date(v.now.getTime() + 3 * 86_400_000).toISOString().slice(0, 10)
      return defer(v.viewer, { id: (await makeQuestion(here.id)).id, until }, v)
    },
    may: signedIn('not_found', 'sign_in', { mentor: 'yes', suspended: 'forbidden' }),
  },
  // One that is put to the asker themselves.
  'queue.decline': {
    attempt: async ({ here, memberId, visit: v }) => {
      const { id } = await makeQuestion(here.id, { askedToId: memberId })
      return decline(v.viewer, { id, reason: 'I never did that.' }, v)
    },
    may: signedIn('not_found', 'sign_in', { mentor: 'yes', suspended: 'forbidden' }),
  },
  'queue.handOver': {
    attempt: async ({ here, visit: v }) => {
      const other = await makeMentor()
      await db().communityMentor.create({ data: { communityId: here.id, memberId: other.id } })
      return handOver(v.viewer, { id: (await makeQuestion(here.id)).id, to: other.id }, v)
    },
    may: signedIn('not_found', 'sign_in', { mentor: 'yes', suspended: 'forbidden' }),
  },
  'queue.askBack': {
    attempt: async ({ here, visit: v }) => askBack(v.viewer, { id: (await makeQuestion(here.id)).id, line: 'How many are you?' }, v),
    may: signedIn('not_found', 'sign_in', { mentor: 'yes', suspended: 'forbidden' }),
  },
  // With an answer that they gave elsewhere.
  'queue.placeEarlier': {
    attempt: async ({ here, memberId, visit: v }) => {
      const { id: answer } = await makeAnswer((await makeQuestion((await makeOtherCommunity()).id)).id, memberId)
      return placeEarlier(v.viewer, { id: (await makeQuestion(here.id)).id, answer, line: 'The same.' }, v)
    },
    may: signedIn('not_found', 'sign_in', { mentor: 'yes', suspended: 'forbidden' }),
  },
  // Whoever has set it aside.
  'queue.restore': {
    attempt: async ({ here, memberId, visit: v }) => {
      const questionId = (await makeQuestion(here.id)).id
      await db().setAside.create({ data: { memberId, questionId, act: 'skip', setAsideAt: v.now } })
      return putBack(v.viewer, { id: questionId })
    },
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'community.setChecking': {
    attempt: ({ here, visit: v }) => setChecking(v.viewer, { id: here.id, checking: 'all' }, v),
    may: signedIn('not_found', 'sign_in', { host: 'yes', admin: 'yes' }),
  },
  'deflection.noteAnswered': {
    attempt: async ({ here, visit: v }) => noteAnswered(v.viewer, { answer: (await answerIn(here.id)).id }, v),
    may: everybody('yes'),
  },
  // Whoever has the link that was printed at the terminal, and nobody where there is an admin already.
  'site.setUp': {
    attempt: async ({ visit: v }) => {
      await db().site.deleteMany()
      await db().account.updateMany({ data: { adminSince: null } })
      await db().site.create({ data: { setUpTokenHash: tokenHash('printed') } })
      return setUp(v.viewer, { token: 'printed', site: 'Nest', name: 'Ola Berg', email: `${uuid()}@example.org`, password: PASSWORD }, v)
    },
    may: everybody('yes'),
  },
  'site.finishSetUp': { attempt: ({ visit: v }) => finishSetUp(v.viewer, {}, v), may: adminAlone('not_found') },
  'site.renameSite': { attempt: ({ visit: v }) => renameSite(v.viewer, { site: 'Nest' }, v), may: adminAlone('not_found') },
  'site.sendTestMail': { attempt: ({ visit: v }) => sendTestMail(v.viewer), may: adminAlone('not_found') },
  'site-page.writePage': {
    attempt: ({ visit: v }) => writePage(v.viewer, { slug: 'about', body: 'Who we are.' }, v),
    may: adminAlone('not_found'),
  },
  'community.makeCommunity': {
    attempt: ({ visit: v }) => makeCommunity(v.viewer, { name: uuid(), next: null }, v),
    may: adminAlone('not_found'),
  },
  'community.editCommunity': {
    attempt: ({ visit: v, here }) => editCommunity(v.viewer, { id: here.id, name: uuid(), slug: uuid() }, v),
    may: adminAlone('not_found'),
  },
  'topic.addTopics': {
    attempt: ({ visit: v, here }) => addTopics(v.viewer, { community: here.id, topics: ['Hives'], next: null }, v),
    may: adminAlone('not_found'),
  },
  'topic.editTopic': {
    attempt: async ({ visit: v, here }) => {
      const { id } = await makeTopic(here.id)
      return editTopic(v.viewer, { id, name: 'Hives', slug: uuid(), synonyms: [], about: 'Where bees live.' }, v)
    },
    may: hosts('not_found', 'not_found'),
  },
  'ama.draftAma': {
    attempt: async ({ visit: v, here }) => draftAma(v.viewer, await typedAma(here.id), v),
    may: hosts('not_found', 'sign_in'),
  },
  'ama.editAma': {
    attempt: async ({ visit: v, here }) => {
      const { community: _, ...typed } = await typedAma(here.id)
      return editAma(v.viewer, { id: (await amaIn(here.id, null)).id, ...typed }, v)
    },
    may: hosts('not_found', 'sign_in'),
  },
  'ama.publishAma': {
    attempt: async ({ visit: v, here }) => publishAma(v.viewer, { id: (await amaIn(here.id, null)).id }, v),
    may: hosts('not_found', 'sign_in'),
  },
  'ama.cancelAma': {
    attempt: async ({ visit: v, here }) => cancelAma(v.viewer, { id: (await amaIn(here.id)).id, sure: 'on' }, v),
    may: hosts('not_found', 'sign_in'),
  },
  // Who runs it or holds it.
  'closing.closeAma': {
    attempt: async (asker) => closeAma(asker.visit.viewer, CloseAma.parse({ id: (await ownAma(asker, -3)).id }), asker.visit),
    may: signedIn('not_found', 'sign_in', { mentor: 'yes', host: 'yes', admin: 'yes' }),
  },
  // Whoever was asked.
  'ama.acceptAma': {
    attempt: async (asker) => acceptAma(asker.visit.viewer, { id: await askedToHold(asker) }, asker.visit),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'ama.declineAma': {
    attempt: async (asker) => declineAma(asker.visit.viewer, { id: await askedToHold(asker), words: null }, asker.visit),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'question.sendIn': {
    attempt: async ({ visit: v, here }) => sendIn(v.viewer, { ama: (await amaIn(here.id)).id, titles: ['What do you do first?'] }, v),
    may: hosts('not_found', 'sign_in'),
  },
  'question.editAmaQuestion': {
    attempt: async ({ visit: v, here }) => {
      const { id } = await makeQuestion(here.id, { amaId: (await amaIn(here.id)).id, number: 1 })
      return editAmaQuestion(v.viewer, { id, title: 'What do you do first?', details: null })
    },
    may: hosts('not_found', 'sign_in'),
  },
  'invitation.invite': {
    attempt: ({ visit: v, here }) => invite(v.viewer, { community: here.id, company: null, title: null, next: '/admin' }, v),
    may: hosts('not_found', 'not_found'),
  },
  'invitation.withdrawInvitation': {
    attempt: async ({ visit: v, here }) => withdrawInvitation(v.viewer, { id: await openInvitation(here.id), next: '/admin' }),
    may: hosts('not_found', 'not_found'),
  },
  'invitation.acceptInvitation': {
    attempt: async ({ visit: v, here }) => acceptInvitation(v.viewer, { word: invitationWord(await openInvitation(here.id)) }, v),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  // Only mentors are asked; whoever may change the own profile may say so.
  'member.chooseDirect': {
    attempt: async ({ visit: v, memberId }) => {
      await db().member.update({ where: { id: memberId }, data: { mentorSince: new Date() } })
      return chooseDirect(v.viewer, { direct: 'off', most: null, pausedUntil: null }, v)
    },
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'member.chooseLists': {
    attempt: async ({ visit: v, memberId }) => {
      await db().member.update({ where: { id: memberId }, data: { mentorSince: new Date() } })
      return chooseLists(v.viewer, { lists: 'name' }, v)
    },
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'notice.chooseNotices': { attempt: ({ visit: v }) => chooseNotices(v.viewer, { answers: 'inbox' }), may: signedIn('yes', 'sign_in') },
  // Whoever has the mail.
  'notice.turnOff': {
    attempt: ({ visit: v, memberId }) => turnOff(v.viewer, { word: seal(TURN_OFF, `${memberId} answers`) }),
    may: everybody('yes'),
  },
  // Leaving is everybody's right, also while suspended.
  'role.addRole': {
    attempt: ({ visit: v }) => addRole(v.viewer, { ...saidRole, community: undefined }, v),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'role.changeRole': {
    attempt: async ({ visit: v, memberId }) => changeRole(v.viewer, { ...saidRole, role: await ownRole(memberId) }, v),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'role.removeRole': {
    attempt: async ({ visit: v, memberId }) => removeRole(v.viewer, { role: await ownRole(memberId) }),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'role.checkByMail': {
    attempt: async ({ visit: v, memberId, here }) =>
      checkByMail(v.viewer, { role: await ownRole(memberId), community: here.id, email: 'ada@kiln.example' }, v),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'role.proveWorkMail': {
    attempt: async ({ visit: v, memberId, here }) => {
      const [role, email] = [await ownRole(memberId), `${memberId}@kiln.example`]
      const earlier = await earlierVisitOf(memberId)
      await checkByMail({ ...earlier.viewer, suspendedUntil: null }, { role, community: here.id, email }, earlier)
      return proveWorkMail(v.viewer, { role, code: await codeTo(email) }, v)
    },
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  'role.checkByLink': {
    attempt: async ({ visit: v, memberId, here }) =>
      checkByLink(v.viewer, { role: await ownRole(memberId), community: here.id, link: 'https://kiln.example/team' }, v),
    may: signedIn('yes', 'sign_in', { suspended: 'forbidden' }),
  },
  // Hosts, moderators and admins; of their own roles others decide.
  'role.acceptRole': {
    attempt: async ({ visit: v, here }) => acceptRole(v.viewer, { application: await waitingRole(here.id) }, v),
    may: moderators('not_found', 'sign_in', { host: 'yes' }),
  },
  'role.refuseRole': {
    attempt: async ({ visit: v, here }) => refuseRole(v.viewer, { application: await waitingRole(here.id), reason: 'Another person.' }, v),
    may: moderators('not_found', 'sign_in', { host: 'yes' }),
  },
  'own-data.deleteAccount': {
    attempt: ({ visit: v }) => deleteAccount(v.viewer, { written: 'stays', handle: v.viewer?.handle ?? '' }, v),
    may: signedIn('yes', 'sign_in'),
  },
}

const operator = 'a program of the operator'
const job = 'the worker, by itself'

export const inside: Record<string, string> = {
  'account.askOnArrival': 'commands that let somebody in',
  'account.makeAdmin': 'setUp',
  'account.openAccount': 'signUp, demo content, bench/add-people.ts',
  'account.setAdmin': 'giveRole and takeRole',
  'account.closeAccount': 'deleteAccount',
  'account.findOwnAccount': 'commands of other ways in',
  'account.letIn': 'commands of other ways in',
  'account.tellOfChange': 'commands of other ways in',
  'account.suspendAccount': 'suspend',
  'ama.leaveAmas': 'deleteAccount',
  'answer.placeAnswer': 'placeEarlier',
  'ama.shutAma': 'closeAma and closePastAmas',
  'closing.closePastAmas': job,
  'ama-reminder.forgetRemindersOf': 'deleteAccount',
  'ama-reminder.remindOfAmas': job,
  'ama-reminder.tellAroundAmas': job,
  'ama-reminder.setReminder': 'the route of reminders',
  'ama-reminder.unsetReminder': 'the route of reminders',
  'answer.forgetVersionsOf': 'deleteAccount',
  'answer.hideAnswer': 'hide',
  'answer.publishAtStart': job,
  'answer.restoreAnswer': 'restore',
  'answer.lockAnswersOf': 'deleteAccount',
  'answer.removeAnswersOf': 'deleteAccount',
  'answer.unsignAnswersOf': 'deleteAccount',
  'answer-draft.beginAnswering': 'commands of answers',
  'answer-draft.enqueueStart': 'commands of answers',
  'answer-draft.forgetAnswerDraft': 'commands of answers',
  'answer-draft.forgetAnswerDraftsOf': 'deleteAccount',
  'answer-draft.hasAll': 'commands of answers',
  'answer-draft.keepAnswerDraft': 'commands of answers',
  'answer-draft.keepWords': 'takeBackAnswer',
  'answer-draft.lockAnswering': 'commands of answers',
  'answer-draft.markPrepared': 'publishAnswer',
  'answer-draft.saveAnswerDraft': 'the route of drafts of answers',
  'answer-lease.beginLease': 'the route of answering',
  'answer-lease.endLease': 'commands of answers',
  'answer-lease.forgetLeasesOf': 'deleteAccount',
  'answer-lease.keepLease': 'beginLease, publishAnswer',
  'answer-lease.leaveLease': 'the route of answering',
  'answer-image.addImage': 'the route of pictures in answers, publishAnswer and editAnswer',
  'answer-image.forgetImagesOf': 'deleteAccount',
  'answer-image.forgetUnusedImages': job,
  'answer-image.removeImageFiles': 'deleteAccount',
  'answer-mark.forgetMarksOf': 'deleteAccount',
  'answer-mark.markAnswer': 'the routes of marks',
  'answer-mark.unmarkAnswer': 'the routes of marks',
  'answer-request.setRequest': 'the route of requests',
  'answer-request.unsetRequest': 'the route of requests',
  'answer-request.requestOwn': 'askQuestion and askWaiting',
  'answer-request.withdrawRequestsOf': 'deleteAccount',
  'answer-view.countViews': 'the route that takes views',
  'answer-view.flushViews': 'countViews, and the drain',
  'answer-view.forgetViewDaysOf': 'deleteAccount',
  'answer-view.writeViews': 'flushViews',
  'audit-event.forgetEvents': job,
  'audit-event.forgetInEvents': 'deleteAccount',
  'audit-event.noteEvent': 'commands that are written down',
  'audit-event.noteInvitedMentor': 'acceptInvitation, offerSlots',
  'authenticator.forgetAuthenticators': job,
  'authenticator.liftSecondFactor': operator,
  'community-role.giveRole': operator,
  'community-role.forgetRolesOf': 'deleteAccount',
  'community-role.takeRole': operator,
  'draft.forgetDraft': 'noteAnswered',
  'draft.saveDraft': 'the route of drafts',
  'draft.askWaiting': 'commands of accounts',
  'ama-event.forgetAmaEvents': job,
  'draft.forgetDrafts': job,
  'suggestion.keepReadTitles': job,
  'draft.forgetDraftsOf': 'deleteAccount',
  'follow.followMentor': 'the route of follows',
  'follow.followQuestion': 'the route of follows',
  'follow.followTopic': 'the route of follows',
  'follow.forgetFollowsOf': 'deleteAccount',
  'follow.unfollowMentor': 'the route of follows',
  'follow.unfollowQuestion': 'the route of follows',
  'follow.unfollowTopic': 'the route of follows',
  'import.importDocument': operator,
  'invitation.forgetInvitations': job,
  'invitation.forgetInvitationsOf': 'deleteAccount',
  'mail.enqueueMail': 'commands that send a mail',
  'mail.forgetMails': job,
  'mail.forgetMailsTo': 'deleteAccount',
  'mail.keepMail': job,
  'mail.openMail': job,
  'mail-proof.forgetProofs': job,
  'mail-proof.forgetChangeOfAddress': 'commands of sessions',
  'mail-proof.forgetProofsOf': 'commands of accounts',
  'mail-proof.forgetProofsOfRole': 'commands of roles',
  'mail-proof.issueProof': 'commands of accounts and roles',
  'mail-proof.openSignUp': 'commands of accounts',
  'mail-proof.spendProof': 'commands of accounts and roles',
  'mail-proof.tryCode': 'commands of accounts and roles',
  'member.eraseMember': 'deleteAccount',
  'member.hideProfile': 'hide',
  'member.restoreProfile': 'restore',
  'member.countHelped': job,
  'member.forgetLostPortraits': job,
  'member.keepPresentRole': 'commands of roles',
  'member.makeMember': 'signUp, setUp',
  'member.makeMentor': 'giveRole, acceptInvitation, commands of roles',
  'member.removePortraitFiles': 'deleteAccount',
  'member.unmakeMentor': 'takeRole',
  'moderation-event.noteAct': 'commands of reports',
  'moved-slug.forgetMovedSlugs': 'eraseMember',
  'notice.announce': 'commands that others are told of',
  'notice.announceEach': 'commands that tell many',
  'notice.forgetNoticesOf': 'deleteAccount',
  'notice.giveDraftsBack': 'commands of questions, which delete them',
  'notice.openNoticeMail': job,
  'notice.readAll': 'the route of notices',
  'notice.readNotice': 'the route of notices',
  'notice.tellAudience': job,
  'notice.tell': 'commands of reports',
  'draft.keepUnderWord': 'commands that keep what waits for a sign-in',
  'wanted.askForWaiting': 'the route that carries out what waited for a sign-in',
  'wanted.forgetWantedOf': 'deleteAccount',
  'wanted-slot.forgetSlotsOf': 'deleteAccount',
  'wanted.hideWanted': 'hide',
  'wanted.joinWanted': 'the route of joining',
  'wanted.leaveWanted': 'the route of joining',
  'wanted.makeReady': 'settleWanted',
  'wanted.restoreWanted': 'restore',
  'wanted-slot.settleWanted': job,
  'ama.isFree': 'pickSlots',
  'ama.scheduleAma': 'pickSlots',
  'ama-reminder.remindEach': 'pickSlots',
  'question.lockAskers': 'pickSlots',
  'community.keepThreshold': 'setThreshold',
  'invitation.closeInvitation': 'commands of what is wanted',
  'invitation.openInvitation': 'inviteForWanted',
  'not-to-invite.keepFromInvitations': 'declineWanted and neverInvite',
  'not-to-invite.letInvite': 'neverInvite',
  'topic.topicNamed': 'pickSlots',
  'own-data.takeOwnData': 'the route of the archive',
  'company.nameCompany': 'commands of roles',
  'identity.comeBack': 'the route by which providers send people back',
  'identity.leaveToConnect': 'the route that leads to a provider',
  'identity.leaveToSignIn': 'the route that leads to a provider',
  'passkey.beginPasskey': 'the route of new passkeys',
  'passkey.beginPasskeySignIn': 'the route of signing in with a passkey',
  'passkey.forgetPasskeyChallenges': job,
  'pending-sign-in.beginPendingSignIn': 'letIn',
  'pending-sign-in.forgetPendingSignIns': job,
  'pending-sign-in.forgetPendingSignInsOf': 'commands of accounts',
  'pending-sign-in.spendPendingSignIn': 'proveSecondFactor',
  'role.forgetHistoryOf': 'deleteAccount',
  'role.vouchFor': 'acceptInvitation',
  'session.endSessionsBut': 'commands of accounts',
  'question.hideQuestion': 'hide',
  'question.leaveUnanswered': 'closeAma',
  'question.lockQuestionsOf': 'deleteAccount',
  'question.restoreQuestion': 'restore',
  'question.makeQuestion': 'askQuestion and askWaiting',
  'question.passOnSilent': job,
  'question.putTo': 'handOver and decline',
  'queue.forgetSetAsideOf': 'deleteAccount',
  'queue.tellWhoIsWaitedFor': job,
  'question.removeQuestionsOf': 'deleteAccount',
  'question.unsignQuestionsOf': 'deleteAccount',
  'related.refreshRelated': job,
  'related.sweepRelated': job,
  'report.forgetReportsOf': 'deleteAccount',
  'report.tellModerators': job,
  'session.endSessionsOf': 'commands of accounts',
  'session.forgetSessions': job,
  'session.openSession': 'lib/session.ts, for the session of the cookie',
  'session.startSession': 'commands of accounts, setUp',
  'local-word.unsignWordsOf': 'deleteAccount',
  'site.offerSetUp': operator,
  'site-page.unsignPagesOf': 'deleteAccount',
}

export const pages: Record<string, Page> = {
  'app/page.tsx': 'public',
  'app/[page]/page.tsx': 'public',
  'app/wanted/page.tsx': 'public',
  'app/wanted/[slug]/page.tsx': 'public',
  'app/wanted/new/page.tsx': { may: everybody('yes'), searchParams: ({ here }) => ({ community: here.slug }) },
  'app/wanted/[slug]/join/page.tsx': {
    may: signedIn('yes', '→ /sign-in'),
    params: async ({ here }) => ({ slug: (await aWish(here.id)).slug }),
  },
  'app/wanted/[slug]/host/page.tsx': {
    may: hosts('404', '→ /sign-in'),
    params: async ({ here }) => ({ slug: (await aWish(here.id)).slug }),
  },
  'app/wanted/[slug]/invitation/page.tsx': {
    may: signedIn('yes', '→ /sign-in'),
    params: async ({ memberId, here }) => ({ slug: (await aWish(here.id, { mentorId: memberId })).slug }),
  },
  'app/no-invitations/[word]/page.tsx': { may: everybody('yes'), params: { word: 'word' } },
  'app/amas/page.tsx': 'public',
  'app/amas/[slug]/page.tsx': 'public',
  'app/amas/[slug]/present/page.tsx': 'public',
  'app/communities/page.tsx': 'public',
  'app/communities/[slug]/page.tsx': 'public',
  'app/communities/[slug]/amas/page.tsx': 'public',
  'app/communities/[slug]/mentors/page.tsx': 'public',
  'app/communities/[slug]/questions/page.tsx': 'public',
  'app/companies/[slug]/page.tsx': 'public',
  'app/members/[handle]/page.tsx': 'public',
  'app/mentors/[handle]/page.tsx': 'public',
  'app/questions/[slug]/page.tsx': 'public',
  'app/answers/[id]/history/page.tsx': 'public',
  'pages/search.tsx': 'public',
  'app/topics/[slug]/page.tsx': 'public',
  'app/topics/[slug]/questions/page.tsx': 'public',
  'app/ask/page.tsx': { may: everybody('yes') },
  // Of nothing that was written: back to the beginning.
  'app/ask/check/page.tsx': { may: everybody('→ /ask') },
  'app/my/questions/page.tsx': { may: signedIn('yes', '→ /sign-in') },
  // One's own: that of somebody else is not there.
  'app/my/questions/[slug]/page.tsx': { may: signedIn<'yes' | '404' | '→ /sign-in'>('404', '→ /sign-in'), params: { slug: 'of-nobody' } },
  'app/communities/[slug]/applications/page.tsx': {
    may: moderators('404', '→ /sign-in', { host: 'yes' }),
    params: ({ here }) => ({ slug: here.slug }),
  },
  'app/communities/[slug]/host/page.tsx': { may: hosts('404', '→ /sign-in'), params: ({ here }) => ({ slug: here.slug }) },
  'app/communities/[slug]/amas/new/page.tsx': { may: hosts('404', '→ /sign-in'), params: ({ here }) => ({ slug: here.slug }) },
  'app/amas/[slug]/host/page.tsx': { may: hosts('404', '→ /sign-in'), params: ({ here }) => amaIn(here.id, null) },
  'app/amas/[slug]/edit/page.tsx': { may: hosts('404', '→ /sign-in'), params: ({ here }) => amaIn(here.id, null) },
  'app/amas/[slug]/close/page.tsx': {
    may: signedIn<'yes' | '404' | '→ /sign-in'>('404', '→ /sign-in', { mentor: 'yes', host: 'yes', admin: 'yes' }),
    params: async (asker) => ({ slug: (await ownAma(asker)).slug }),
  },
  'app/amas/[slug]/invitation/page.tsx': {
    may: signedIn('yes', '→ /sign-in'),
    params: async (asker) => db().ama.findUniqueOrThrow({ where: { id: await askedToHold(asker) }, select: { slug: true } }),
  },
  'app/amas/[slug]/reminder/page.tsx': { may: signedIn('yes', '→ /sign-in'), params: ({ here }) => amaIn(here.id) },
  'app/questions/[slug]/edit/page.tsx': {
    may: hosts('404', '→ /sign-in'),
    params: async ({ here }) => makeQuestion(here.id, { amaId: (await amaIn(here.id, null)).id, number: 1 }).then(({ slug }) => ({ slug })),
  },
  // Of no community that any of them hosts.
  'app/communities/[slug]/checking/page.tsx': {
    may: signedIn<'yes' | '404' | '→ /sign-in'>('404', '→ /sign-in'),
    params: { slug: 'of-nobody' },
  },
  'app/admin/page.tsx': { may: adminAlone('404') },
  'app/admin/communities/page.tsx': { may: adminAlone('404') },
  'app/admin/communities/[slug]/page.tsx': { may: adminAlone('404'), params: ({ here }) => ({ slug: here.slug }) },
  'app/admin/log/page.tsx': { may: adminAlone('404') },
  'app/admin/pages/[page]/page.tsx': { may: adminAlone('404'), params: { page: 'about' } },
  // Hosts of its community too.
  'app/admin/topics/[slug]/page.tsx': {
    may: hosts('404', '404'),
    params: async ({ here }) => ({ slug: (await makeTopic(here.id)).slug }),
  },
  'app/invitations/[word]/page.tsx': { may: everybody('yes'), params: { word: 'made-up' } },
  // 404 in production.
  'app/dev/mail/page.tsx': { may: everybody('yes') },
  'app/queue/page.tsx': { may: signedIn<'yes' | '404' | '→ /sign-in'>('404', '→ /sign-in', { mentor: 'yes', host: 'yes' }) },
  'app/queue/insights/page.tsx': { may: signedIn<'yes' | '404' | '→ /sign-in'>('404', '→ /sign-in', { mentor: 'yes' }) },
  'app/queue/[slug]/page.tsx': {
    may: signedIn<'yes' | '404' | '→ /sign-in'>('404', '→ /sign-in', { mentor: 'yes' }),
    params: async ({ here }) => ({ slug: (await makeQuestion(here.id)).slug }),
  },
  'app/moderation/page.tsx': { may: moderators('404', '→ /sign-in', { 'moderator of another community': 'yes' }) },
  'app/moderation/acts/page.tsx': { may: moderators('404', '→ /sign-in', { 'moderator of another community': 'yes' }) },
  'app/moderation/[thing]/[id]/page.tsx': { may: moderators('404', '→ /sign-in'), params: answerThere },
  'app/my/notices/page.tsx': { may: signedIn('yes', '→ /sign-in') },
  'app/settings/notices/page.tsx': { may: signedIn('yes', '→ /sign-in') },
  'app/unsubscribe/[word]/page.tsx': { may: everybody('yes'), params: { word: 'made-up' } },
  'app/report/page.tsx': { may: signedIn('yes', '→ /sign-in'), searchParams: answerThere },
  'app/reset/page.tsx': { may: everybody('yes') },
  'app/reset/link/page.tsx': { may: everybody('yes') },
  'app/settings/page.tsx': { may: signedIn('yes', '→ /sign-in') },
  'app/settings/roles/page.tsx': { may: signedIn('yes', '→ /sign-in') },
  'app/settings/roles/[id]/page.tsx': {
    may: signedIn('yes', '→ /sign-in'),
    params: async ({ memberId }) => ({ id: await ownRole(memberId) }),
  },
  'app/settings/data/page.tsx': { may: signedIn('yes', '→ /sign-in') },
  'app/settings/profile/page.tsx': { may: signedIn('yes', '→ /sign-in') },
  'app/settings/email/page.tsx': { may: signedIn('yes', '→ /sign-in') },
  'app/settings/email/link/page.tsx': { may: everybody('yes') },
  // Where the site knows a provider; here it knows none.
  'app/settings/providers/page.tsx': { may: signedIn('404', '→ /sign-in') },
  'app/sign-in/provider/page.tsx': { may: everybody('→ /sign-in') },
  'app/settings/passkeys/page.tsx': { may: signedIn('yes', '→ /sign-in') },
  'app/settings/password/page.tsx': { may: signedIn('yes', '→ /sign-in') },
  // As it is between its first step and its last.
  'app/setup/page.tsx': {
    may: adminAlone('404'),
    searchParams: async () => {
      await makePerson({ adminSince: new Date() })
      await db().site.upsert({ where: { id: 1 }, create: { setUpTokenHash: tokenHash('printed') }, update: { setUpAt: null } })
      return { token: 'printed' }
    },
  },
  'app/settings/second-factor/page.tsx': { may: signedIn('yes', '→ /sign-in') },
  // With the codes that one's browser has just made; here it brings none along.
  'app/settings/second-factor/codes/page.tsx': { may: signedIn('→ /settings/second-factor', '→ /sign-in') },
  'app/sign-in/page.tsx': { may: signedIn('→ /settings', 'yes') },
  'app/sign-in/code/page.tsx': { may: everybody('yes') },
  'app/sign-in/link/page.tsx': { may: everybody('yes') },
  'app/sign-in/second-factor/page.tsx': { may: everybody('yes'), carried: proveFirstFactor },
  'app/sign-in/password/page.tsx': { may: everybody('yes') },
  'app/answers/[id]/save/page.tsx': { may: signedIn('yes', '→ /sign-in'), params: () => anAnswer() },
  'app/answers/[id]/helpful/page.tsx': { may: signedIn('yes', '→ /sign-in'), params: () => anAnswer() },
  'app/answers/[id]/thanks/page.tsx': { may: signedIn('yes', '→ /sign-in'), params: () => anAnswer() },
  'app/my/saved/page.tsx': { may: signedIn('yes', '→ /sign-in') },
  'app/following/page.tsx': { may: signedIn('yes', '→ /sign-in') },
  'app/my/feed/page.tsx': { may: signedIn('yes', '→ /sign-in') },
  'app/mentors/[handle]/follow/page.tsx': {
    may: signedIn('yes', '→ /sign-in'),
    params: async () => ({ handle: (await makeMentor()).handle }),
  },
  'app/topics/[slug]/follow/page.tsx': { may: signedIn('yes', '→ /sign-in'), params: () => aTopic() },
  'app/questions/[slug]/answer/page.tsx': {
    may: signedIn<'yes' | '404' | '→ /sign-in'>('404', '→ /sign-in', { mentor: 'yes' }),
    params: async ({ here }) => ({ slug: (await makeQuestion(here.id)).slug }),
  },
  'app/amas/[slug]/words/page.tsx': {
    may: signedIn<'yes' | '404' | '→ /sign-in'>('404', '→ /sign-in', { mentor: 'yes' }),
    params: async (asker) => ({ slug: (await ownAma(asker)).slug }),
  },
  'app/amas/[slug]/prepared/page.tsx': {
    may: signedIn<'yes' | '404' | '→ /sign-in'>('404', '→ /sign-in', { mentor: 'yes' }),
    params: async (asker) => ({ slug: (await ownAma(asker)).slug }),
  },
  'app/questions/[slug]/follow/page.tsx': { may: signedIn('yes', '→ /sign-in'), params: () => aQuestion() },
  'app/questions/[slug]/request/page.tsx': { may: signedIn('yes', '→ /sign-in'), params: () => aQuestion() },
  'app/sign-up/page.tsx': { may: everybody('yes'), carried: proveNewAddress },
}

export const routes: Record<string, Route> = {
  'GET app/queue/insights/[file]/route.ts': {
    may: signedIn<number | 'yes'>(404, 303, { mentor: 'yes' }),
    request: () => new Request(`https://perch.example${paths.insightsFile('answers')}`),
  },
  'GET app/api/viewer/route.ts': { may: everybody('yes'), request: () => new Request('https://perch.example/api/viewer') },
  // It leads to what the notice is about, or to the sign-in.
  'GET app/api/notices/[id]/route.ts': { may: everybody(303), request: () => new Request(`https://perch.example${paths.notice(uuid())}`) },
  'POST app/api/notices/route.ts': {
    may: everybody(303),
    request: () => new Request('https://perch.example/api/notices', { method: 'POST' }),
  },
  'GET app/api/unsubscribe/[word]/route.ts': {
    may: everybody(303),
    request: () => new Request('https://perch.example/api/unsubscribe/word'),
  },
  'POST app/api/unsubscribe/[word]/route.ts': {
    may: everybody('yes'),
    request: ({ memberId }) =>
      new Request(`https://perch.example${paths.oneClick(seal(TURN_OFF, `${memberId} answers`))}`, { method: 'POST' }),
  },
  // Nobody has pressed anything before signing in.
  'GET app/api/waiting-press/route.ts': { may: everybody(303), request: () => new Request('https://perch.example/api/waiting-press') },
  ...presses('app/api/amas/[slug]/reminder/route.ts', async ({ here }) => paths.reminders((await amaIn(here.id)).slug)),
  ...presses('app/api/questions/[slug]/request/route.ts', async () => paths.requests((await aQuestion()).slug)),
  ...presses('app/api/questions/[slug]/follow/route.ts', async () => paths.follows('question', (await aQuestion()).slug)),
  ...presses('app/api/answers/[id]/save/route.ts', async () => paths.marks('save', (await anAnswer()).id)),
  ...presses('app/api/answers/[id]/helpful/route.ts', async () => paths.marks('helpful', (await anAnswer()).id)),
  ...presses('app/api/answers/[id]/thanks/route.ts', async (asker) => paths.marks('thanks', (await anAnswer(asker)).id)),
  ...presses('app/api/topics/[slug]/follow/route.ts', async () => paths.follows('topic', (await aTopic()).slug)),
  ...presses('app/api/mentors/[handle]/follow/route.ts', async () => paths.follows('mentor', (await makeMentor()).handle)),
  // What a browser's passkey is to sign; it says who it is only with the answer.
  'POST app/api/passkeys/sign-in/route.ts': {
    may: everybody<number | 'yes'>('yes'),
    request: () => new Request('https://perch.example/api/passkeys/sign-in', { method: 'POST' }),
  },
  'POST app/api/passkeys/new/route.ts': {
    may: signedIn<number | 'yes'>('yes', 401),
    request: () => new Request('https://perch.example/api/passkeys/new', { method: 'POST' }),
  },
  // They lead on to a provider's page or from there, and where that is not known to the page of signing in.
  'GET app/api/providers/[provider]/route.ts': {
    may: everybody<number | 'yes'>(303),
    request: () => new Request('https://perch.example/api/providers/google'),
  },
  'GET app/api/providers/[provider]/callback/route.ts': {
    may: everybody<number | 'yes'>(303),
    request: () => new Request('https://perch.example/api/providers/google/callback?code=x&state=y'),
  },
  'GET app/api/suggestions/route.ts': {
    may: everybody('yes'),
    request: () => new Request('https://perch.example/api/suggestions?q=first'),
  },
  'GET app/api/similar/route.ts': { may: everybody('yes'), request: () => new Request('https://perch.example/api/similar?q=first+week') },
  'PUT app/api/drafts/route.ts': {
    may: signedIn<number | 'yes'>('yes', 401, { suspended: 403 }),
    request: ({ here }) =>
      new Request('https://perch.example/api/drafts', {
        method: 'PUT',
        body: JSON.stringify({ ...askedIn(here.id), place: `community:${here.id}`, version: 0, details: '', showName: false }),
      }),
  },
  'POST app/api/answer-images/route.ts': {
    may: signedIn<number | 'yes'>(403, 401, { mentor: 'yes', suspended: 403 }),
    request: async () => new Request('https://perch.example/api/answer-images', { method: 'POST', body: await picture() }),
  },
  'GET app/api/answer-images/[file]/route.ts': {
    may: signedIn<number | 'yes'>('yes', 404),
    request: async ({ memberId }) => {
      const image = await db().answerImage.create({ data: { id: uuid(), memberId, width: 32, height: 32, uploadedAt: new Date() } })
      await keepFile(imageFile(image), new Uint8Array(await (await picture()).arrayBuffer()))
      return new Request(`https://perch.example${paths.ownImage(paths.image(image))}`)
    },
  },
  'PUT app/api/answer-drafts/route.ts': {
    may: signedIn<number | 'yes'>(404, 401, { mentor: 'yes', suspended: 403 }),
    request: async ({ here }) =>
      new Request('https://perch.example/api/answer-drafts', {
        method: 'PUT',
        body: JSON.stringify({ question: (await makeQuestion(here.id)).id, body: 'I listen.', version: 0, edits: null }),
      }),
  },
  'GET app/api/questions/[slug]/answering/route.ts': {
    may: signedIn<number | 'yes'>(404, 401, { mentor: 'yes' }),
    request: (asker) => answeringOf(asker, 'GET'),
  },
  'PUT app/api/questions/[slug]/answering/route.ts': {
    may: signedIn<number | 'yes'>(404, 401, { mentor: 'yes', suspended: 403 }),
    request: (asker) => answeringOf(asker, 'PUT'),
  },
  // Whoever does not answer it stops nobody.
  'DELETE app/api/questions/[slug]/answering/route.ts': {
    may: signedIn<number | 'yes'>('yes', 401, { suspended: 403 }),
    request: (asker) => answeringOf(asker, 'DELETE'),
  },
  'POST app/api/answered/route.ts': {
    may: everybody<number | 'yes'>('yes'),
    request: async ({ here }) =>
      new Request('https://perch.example/api/answered', {
        method: 'POST',
        body: JSON.stringify({ answer: (await answerIn(here.id)).id }),
      }),
  },
  ...presses('app/api/wanted/[slug]/join/route.ts', async ({ here }) => paths.wantedJoins((await aWish(here.id)).slug)),
  // From the beacon of a page; whoever reads, but for an answer's own author, who is told nothing of that.
  'POST app/api/views/route.ts': {
    may: everybody('yes'),
    request: () =>
      new Request('https://perch.example/api/views', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ answers: [uuid()] }),
      }),
  },
  // Whoever may not have it now is led to the page that says why.
  'POST app/api/archive/route.ts': {
    may: signedIn<number | 'yes'>('yes', 303),
    request: () => new Request('https://perch.example/api/archive', { method: 'POST' }),
  },
  // The picture of a profile that is to be decided about, hidden or not.
  'GET app/api/moderated-portrait/route.ts': {
    may: moderators<number | 'yes'>(404, 404),
    request: async ({ here }) => {
      const { viewer } = await visitOf(await makePerson())
      await db().communityMentor.create({ data: { communityId: here.id, memberId: viewer.memberId } })
      await setPortrait(viewer, { portrait: await picture() })
      await hideProfile(db(), viewer.memberId, viewer.memberId, new Date())
      return new Request(`https://perch.example${paths.moderatedPortrait(viewer.memberId)}`)
    },
  },
  // A draft's picture, for its hosts alone.
  'GET app/amas/[slug]/host/picture/route.ts': {
    may: hosts<number | 'yes'>(404, 404),
    request: async ({ here }) => new Request(`https://perch.example${paths.hostedAmaPicture((await amaIn(here.id, null)).slug)}`),
  },
  'GET app/amas/[slug]/calendar.ics/route.ts': 'public',
  'GET app/communities/[slug]/calendar.ics/route.ts': 'public',
  'GET app/images/[file]/route.ts': 'public',
  'GET app/portraits/[file]/route.ts': 'public',
  'GET app/feeds/[kind]/[slug]/route.ts': 'public',
  'GET app/og/[kind]/[slug]/route.tsx': 'public',
  'GET app/robots.txt/route.ts': 'public',
  'GET app/sitemap.xml/route.ts': 'public',
  'GET app/sitemaps/[part]/route.ts': 'public',
}

/** The same for all of them, but for those that are named. */
function everybody<Got extends string | number>(outcome: Got, but: Partial<Record<Who, Got>> = {}): Record<Who, Got> {
  const rows = PEOPLE.map((who): [Who, Got] => [who, but[who] ?? outcome])
  return Object.fromEntries(rows) as Record<Who, Got>
}

/** The same for all who are signed in, and something else for visitors. */
function signedIn<Got extends string | number>(outcome: Got, visitor: Got, but: Partial<Record<Who, Got>> = {}): Record<Who, Got> {
  return everybody(outcome, { visitor, ...but } as Partial<Record<Who, Got>>)
}

/** Of what admins look after others are not told that it is there. */
function adminAlone<Got extends string>(refusal: Got): Record<Who, 'yes' | Got> {
  return everybody<'yes' | Got>(refusal, { admin: 'yes' } as Partial<Record<Who, 'yes' | Got>>)
}

/** An invitation that nobody has used yet. */
async function openInvitation(communityId: string): Promise<string> {
  const expiresAt = new Date(Date.now() + 60_000)
  return (await db().invitation.create({ data: { id: uuid(), communityId, expiresAt } })).id
}

/** Moderators of the community in which it is, and admins. */
function moderators<Got extends string | number>(others: Got, visitor: Got, but: Partial<Record<Who, Got>> = {}): Record<Who, Got | 'yes'> {
  return signedIn<Got | 'yes'>(others, visitor, { moderator: 'yes', admin: 'yes', ...but } as Partial<Record<Who, Got>>)
}

/** Hosts of the community in which it is, and admins. */
function hosts<Got extends string | number>(others: Got, visitor: Got): Record<Who, Got | 'yes'> {
  return signedIn<Got | 'yes'>(others, visitor, { host: 'yes', admin: 'yes' } as Partial<Record<Who, Got>>)
}

/** What a host types of an AMA. */
async function typedAma(communityId: string) {
  const { id, handle } = await makeMentor()
  await db().communityMentor.create({ data: { communityId, memberId: id } })
  const date = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10)
  const time = { date, time: '10:00', zone: 'UTC', minutes: '60', opens: 'at once', checking: '' }
  return DraftAma.parse({ community: communityId, topic: (await makeTopic(communityId)).id, mentor1: handle, ...time })
}

/** An AMA to come that somebody else holds; `publishedAt` null: still a draft. */
async function amaIn(communityId: string, publishedAt: Date | null = new Date()): Promise<{ id: string; slug: string }> {
  const topic = await makeTopic(communityId)
  const mentor = await makeMentor()
  const { id, slug } = await makeAma({ communityId, topicId: topic.id }, [mentor], new Date(Date.now() + 3 * 86_400_000), { publishedAt })
  return { id, slug }
}

/** A draft that the asker is asked to hold. */
async function askedToHold({ memberId, here }: Asker): Promise<string> {
  const { id } = await amaIn(here.id, null)
  await db().amaInvitation.create({ data: { amaId: id, memberId, position: 2 } })
  return id
}

/** An answer in the asker's community, of somebody who has an account. */
async function answerThere({ here }: Asker): Promise<{ thing: 'answer'; id: string }> {
  const { memberId } = await makePerson()
  const { id } = await makeAnswer((await makeQuestion(here.id)).id, memberId)
  return { thing: 'answer', id }
}

/** A question as a form of that community sends it. */
function askedIn(communityId: string) {
  return AskQuestion.parse({ place: `community:${communityId}`, title: 'What do you do in the first week?', key: uuid(), seen: 'on' })
}

/** An answer as a form sends it. */
function answerTo(question: string) {
  return { question, body: 'I listen first.', version: 0, edits: null, window: undefined, do: 'publish' as const }
}

/** An AMA in the asker's community, which the asker holds where a mentor. */
async function ownAma({ who, memberId, here }: Asker, inDays = 1) {
  const topic = await makeTopic(here.id)
  const mentor = who === 'mentor' ? { id: memberId, companyId: null, title: null } : await makeMentor()
  return makeAma({ communityId: here.id, topicId: topic.id }, [mentor], new Date(Date.now() + inDays * 86_400_000))
}

async function ownAnswer({ memberId, here }: Asker) {
  return makeAnswer((await makeQuestion(here.id)).id, memberId)
}

async function answerIn(communityId: string) {
  return makeAnswer((await makeQuestion(communityId)).id, (await makeMentor()).id)
}

/** What a form says of a role. */
const saidRole = { company: null, title: 'Kiln Lead', from: '2019', to: null }

async function ownRole(memberId: string): Promise<string> {
  return (await db().role.create({ data: { id: uuid(), memberId, title: 'Kiln Lead', claimedAt: new Date() } })).id
}

/** Somebody else's role that waits to be checked there. */
async function waitingRole(communityId: string): Promise<string> {
  const { memberId } = await makePerson()
  const waiting = { memberId, roleId: await ownRole(memberId), communityId, how: 'link', proof: 'https://kiln.example/team' }
  return (await db().application.create({ data: { id: uuid(), ...waiting } })).id
}

/** A question that the asker asked, with so many requests besides. */
async function ownQuestion({ memberId, here }: Pick<Asker, 'memberId' | 'here'>, requestBase = 0): Promise<string> {
  return (await makeQuestion(here.id, { askedById: memberId, requestBase })).id
}

/** A question of somebody else that waits for a host's check. */
async function heldQuestion(communityId: string): Promise<string> {
  return (await makeQuestion(communityId, { heldAt: new Date(), hiddenAt: new Date() })).id
}

/** Something that somebody else asked for there. */
function aWish(communityId: string, given: Partial<Prisma.WantedUncheckedCreateInput> = {}) {
  const id = uuid()
  const wish = { id, slug: `wish-${id}`, communityId, kind: 'topic', title: `Glazing ${id}`, askedAt: new Date(), ...given }
  return db().wanted.create({ data: wish })
}

/** A small picture, as a form sends it. */
async function picture(): Promise<File> {
  const bytes = await sharp({ create: { width: 32, height: 32, channels: 3, background: '#0b6370' } })
    .png()
    .toBuffer()
  return new File([new Uint8Array(bytes)], 'me.png', { type: 'image/png' })
}

/** Somebody else's question. */
async function aQuestion(): Promise<{ slug: string }> {
  const { id } = await makeOtherCommunity()
  const { slug } = await makeQuestion(id)
  return { slug }
}

async function aTopic(): Promise<{ slug: string }> {
  const { slug } = await makeTopic((await makeOtherCommunity()).id)
  return { slug }
}

/** Of somebody else, to a question that the asker requested, if one is given. */
async function anAnswer(asker?: Asker): Promise<{ id: string }> {
  const question = await makeQuestion((await makeOtherCommunity()).id)
  if (asker) await db().answerRequest.create({ data: { questionId: question.id, memberId: asker.memberId } })
  const { id } = await makeAnswer(question.id, (await makeMentor()).id)
  return { id }
}

/** A button of this route: for programs, and as a form, which leads to the sign-in or to the small page that shows what became of it. */
function presses(path: string, address: (asker: Asker) => Promise<string>): Record<string, Route> {
  const request = (method: string) => async (asker: Asker) => new Request(`https://perch.example${await address(asker)}`, { method })
  const may = signedIn<number | 'yes'>('yes', 401, { suspended: 403 })
  return {
    [`PUT ${path}`]: { may, request: request('PUT') },
    [`DELETE ${path}`]: { may, request: request('DELETE') },
    [`POST ${path}`]: { may: everybody(303), request: request('POST') },
  }
}

async function answeringOf({ here }: Asker, method: string): Promise<Request> {
  return new Request(`https://perch.example${paths.answering((await makeQuestion(here.id)).slug)}`, { method })
}

/** The same person in another browser. */
async function signInAgain(memberId: string) {
  return (await earlierVisitOf(memberId)).viewer
}

/** What a browser carries along that comes back from a provider, of somebody new. */
function comesFromProvider(): string {
  const stranger = { issuer: 'https://provider.example', subject: uuid(), email: `${uuid()}@example.org`, name: null }
  return JSON.stringify({ kind: 'joining', ...stranger, next: null, until: Date.now() + 60_000 } satisfies z.input<typeof Joining>)
}

async function passkeyOf(memberId: string): Promise<string> {
  await addPasskeyOf(memberId)
  const [passkey] = await listPasskeys(await signInAgain(memberId))
  return passkey?.id ?? ''
}

/** What a browser carries along that has signed in to an account with a second factor, and not typed its code yet. */
async function proveFirstFactor(): Promise<string | null> {
  const { memberId, email } = await makePerson()
  await addSecondFactor(memberId)
  await askForCode(null, { email, next: null }, visit())
  const { carry = null } = await proveByLink(null, { token: await linkTo(email) }, visit())
  return carry
}

/** What a browser carries along that has proved an address without an account. */
async function proveNewAddress(): Promise<string | null> {
  const email = `${uuid()}@example.org`
  await askForCode(null, { email, next: null }, visit())
  const { carry = null } = await proveByLink(null, { token: await linkTo(email) }, visit())
  return carry
}
