import type { z } from 'zod'
import { closeAccount } from '#domain/account/commands.ts'
import { leaveAmas } from '#domain/ama/commands.ts'
import { forgetRemindersOf } from '#domain/ama-reminder/commands.ts'
import { forgetVersionsOf, lockAnswersOf, removeAnswersOf, unsignAnswersOf } from '#domain/answer/commands.ts'
import { forgetAnswerDraftsOf } from '#domain/answer-draft/commands.ts'
import { forgetImagesOf, removeImageFiles } from '#domain/answer-image/commands.ts'
import { forgetLeasesOf } from '#domain/answer-lease/commands.ts'
import { forgetMarksOf } from '#domain/answer-mark/commands.ts'
import { withdrawRequestsOf } from '#domain/answer-request/commands.ts'
import { forgetViewDaysOf } from '#domain/answer-view/commands.ts'
import { forgetInEvents, noteEvent } from '#domain/audit-event/commands.ts'
import { forgetRolesOf } from '#domain/community-role/commands.ts'
import { forgetDraftsOf } from '#domain/draft/commands.ts'
import { forgetFollowsOf } from '#domain/follow/commands.ts'
import { forgetInvitationsOf } from '#domain/invitation/commands.ts'
import { unsignWordsOf } from '#domain/local-word/commands.ts'
import { forgetMailsTo } from '#domain/mail/commands.ts'
import { forgetProofsOf } from '#domain/mail-proof/commands.ts'
import { eraseMember, removePortraitFiles } from '#domain/member/commands.ts'
import { forgetNoticesOf } from '#domain/notice/commands.ts'
import { packOwnData, readOwnPictures } from '#domain/own-data/queries.ts'
import { archiveLimits, type DeleteAccount } from '#domain/own-data/rules.ts'
import { forgetPendingSignInsOf } from '#domain/pending-sign-in/commands.ts'
import { lockQuestionsOf, removeQuestionsOf, unsignQuestionsOf } from '#domain/question/commands.ts'
import { forgetSetAsideOf } from '#domain/queue/commands.ts'
import { forgetReportsOf } from '#domain/report/commands.ts'
import { forgetHistoryOf } from '#domain/role/commands.ts'
import { endSessionsOf } from '#domain/session/commands.ts'
import { isFresh, SIGN_IN_AGAIN } from '#domain/session/rules.ts'
import { unsignPagesOf } from '#domain/site-page/commands.ts'
import { forgetWantedOf } from '#domain/wanted/commands.ts'
import { forgetSlotsOf } from '#domain/wanted-slot/commands.ts'
import { type Db, db } from '#lib/db.ts'
import { countTry } from '#lib/limit.ts'
import { paths } from '#lib/paths.ts'
import { ensure } from '#lib/refusal.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/** All that is kept of the person, as a ZIP file. Only right after a sign-in. */
export async function takeOwnData(visit: Visit): Promise<Uint8Array<ArrayBuffer>> {
  const { viewer, now } = visit
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(isFresh(viewer, now), 'sign_in', SIGN_IN_AGAIN)
  await countTry(archiveLimits, visit)
  // Where they are kept may be away: then nothing was taken. What is packed tells of itself.
  const pictures = await readOwnPictures(viewer)
  await db().$transaction((tx) => noteEvent(tx, { act: 'take-data', by: viewer.memberId }, visit))
  return packOwnData(viewer, pictures)
}

/**
 * Deletes the account and all that is personal, at once. What the person wrote stays without them, or goes: their answers,
 * and their questions but for those that others have answered. Only right after a sign-in.
 */
export async function deleteAccount(viewer: Viewer, { written, handle }: z.output<typeof DeleteAccount>, visit: Visit): Promise<Outcome> {
  const { now } = visit
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(isFresh(viewer, now), 'sign_in', SIGN_IN_AGAIN)
  ensure(handle === viewer.handle, 'invalid', 'Nothing is deleted.', { fields: { handle: `Type your handle, ${viewer.handle}.` } })
  const { memberId } = viewer
  const { portraitId, images } = await db().$transaction(
    async (tx) => {
      await oneAfterTheOther(tx)
      const { email } = await closeAccount(tx, memberId)
      await noteEvent(tx, { act: 'delete-account', by: memberId }, visit)
      await endSessionsOf(tx, memberId)
      await forgetProofsOf(tx, email, memberId)
      await forgetPendingSignInsOf(tx, memberId)
      await forgetMailsTo(tx, email)
      await forgetDraftsOf(tx, memberId)
      await forgetAnswerDraftsOf(tx, memberId)
      await forgetLeasesOf(tx, memberId)
      // Before anything that a date is set with: whoever sets one holds these rows and wants the others next.
      await forgetWantedOf(tx, memberId, written)
      await forgetSlotsOf(tx, memberId)
      // From here on others wait for these, whoever requests or answers.
      await lockAnswersOf(tx, memberId)
      await lockQuestionsOf(tx, memberId)
      await forgetMarksOf(tx, memberId)
      await forgetFollowsOf(tx, memberId)
      await withdrawRequestsOf(tx, memberId)
      if (written === 'goes') {
        await removeAnswersOf(tx, memberId)
        await removeQuestionsOf(tx, memberId)
      }
      await forgetVersionsOf(tx, memberId)
      await forgetViewDaysOf(tx, memberId)
      await unsignAnswersOf(tx, memberId)
      await unsignQuestionsOf(tx, memberId)
      await forgetSetAsideOf(tx, memberId)
      await forgetReportsOf(tx, memberId)
      await forgetNoticesOf(tx, memberId)
      await forgetRemindersOf(tx, memberId)
      await leaveAmas(tx, memberId, now)
      await forgetRolesOf(tx, memberId)
      await forgetInvitationsOf(tx, memberId)
      await unsignPagesOf(tx, memberId)
      const images = await forgetImagesOf(tx, memberId)
      await forgetHistoryOf(tx, memberId)
      await unsignWordsOf(tx, memberId)
      const erased = await eraseMember(tx, memberId, now)
      // Whoever was writing something down of them has: the member's row waited for it.
      await forgetInEvents(tx, memberId)
      return { ...erased, images }
    },
    { timeout: 30_000 },
  )
  if (portraitId) await removePortraitFiles(portraitId)
  await removeImageFiles(images)
  return { session: null, carry: null, to: paths.home() }
}

/** What two people wrote and pressed is about each other's answers and questions; each would hold what the other needs. */
async function oneAfterTheOther(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('accounts are deleted one after the other'))`
}
