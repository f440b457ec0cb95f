import { forgetAmaEvents } from '#domain/ama-event/commands.ts'
import { remindOfAmas, tellAroundAmas } from '#domain/ama-reminder/commands.ts'
import { publishAtStart } from '#domain/answer/commands.ts'
import { forgetUnusedImages } from '#domain/answer-image/commands.ts'
import { forgetEvents } from '#domain/audit-event/commands.ts'
import { forgetAuthenticators } from '#domain/authenticator/commands.ts'
import { closePastAmas } from '#domain/closing/commands.ts'
import { forgetDrafts } from '#domain/draft/commands.ts'
import { forgetInvitations } from '#domain/invitation/commands.ts'
import { forgetMails, keepMail, openMail } from '#domain/mail/commands.ts'
import type { Mail } from '#domain/mail/rules.ts'
import { forgetProofs } from '#domain/mail-proof/commands.ts'
import { hasEnded } from '#domain/mail-proof/rules.ts'
import { countHelped, forgetLostPortraits } from '#domain/member/commands.ts'
import { openNoticeMail, tellAudience } from '#domain/notice/commands.ts'
import { forgetPasskeyChallenges } from '#domain/passkey/commands.ts'
import { forgetPendingSignIns } from '#domain/pending-sign-in/commands.ts'
import { passOnSilent } from '#domain/question/commands.ts'
import { tellWhoIsWaitedFor } from '#domain/queue/commands.ts'
import { refreshRelated, sweepRelated } from '#domain/related/commands.ts'
import { tellModerators } from '#domain/report/commands.ts'
import { forgetSessions } from '#domain/session/commands.ts'
import { getSite } from '#domain/site/queries.ts'
import { keepReadTitles } from '#domain/suggestion/commands.ts'
import { settleWanted } from '#domain/wanted-slot/commands.ts'
import { env } from '#lib/env.ts'
import { forgetFailedJobs } from '#lib/jobs.ts'
import { forgetTries } from '#lib/limit.ts'
import { log } from '#lib/log.ts'
import { sendMail } from '#lib/mail.ts'
import type { Jobs } from '#lib/worker.ts'

/** Everything that the worker does, and what of it by itself. server.ts and worker.ts run it. */
export const jobs: Jobs = {
  tasks: {
    mail: (payload) => deliverMail(openMail(payload)),
    announce: (payload) => tellAudience(payload, new Date()),
    'notice-mail': async (payload) => {
      const letter = await openNoticeMail(payload, new Date())
      if (letter) await deliverMail(letter)
    },
    'publish-at-start': (payload) => publishAtStart(payload, new Date()),
    'remind-of-amas': () => remindOfAmas(new Date()),
    'close-past-amas': () => closePastAmas(new Date()),
    'tell-around-amas': () => tellAroundAmas(new Date()),
    'tell-who-is-waited-for': () => tellWhoIsWaitedFor(new Date()),
    'tell-moderators': () => tellModerators(new Date()),
    'count-helped': () => countHelped(new Date()),
    'pass-on-silent': () => passOnSilent(new Date()),
    'settle-wanted': () => settleWanted(new Date()),
    'refresh-related': () => refreshRelated(new Date()),
    'sweep-related': () => sweepRelated(new Date()),
    'forget-audit-events': () => forgetEvents(new Date()),
    'forget-sessions': () => forgetSessions(new Date()),
    'forget-proofs': () => forgetProofs(new Date()),
    'forget-invitations': () => forgetInvitations(new Date()),
    'forget-pending-sign-ins': () => forgetPendingSignIns(new Date()),
    'forget-authenticators': () => forgetAuthenticators(new Date()),
    'forget-passkey-challenges': () => forgetPasskeyChallenges(new Date()),
    'forget-mails': () => forgetMails(new Date()),
    'forget-failed-jobs': () => forgetFailedJobs(new Date()),
    'forget-lost-portraits': () => forgetLostPortraits(new Date()),
    'forget-unused-images': () => forgetUnusedImages(new Date()),
    'forget-drafts': () => forgetDrafts(new Date()),
    'forget-ama-events': () => forgetAmaEvents(new Date()),
    'forget-tries': () => forgetTries(new Date()),
    'keep-read-titles': () => keepReadTitles(),
  },
  // Every minute or few, each hour, and at night; what was missed in the last day is made up for.
  schedules: [
    '* * * * * refresh-related',
    '*/5 * * * * remind-of-amas',
    '3 * * * * tell-around-amas',
    // After what passes questions on, and made up for by the next hour of the morning.
    '22 * * * * tell-who-is-waited-for',
    '32 * * * * tell-moderators',
    '12 * * * * pass-on-silent ?fill=1d',
    '*/10 * * * * settle-wanted',
    '*/10 * * * * keep-read-titles ?fill=1d',
    '22 * * * * close-past-amas ?fill=1d',
    // What it makes due takes the hours after it, so a night that was missed is not made up for by day.
    '30 1 * * * sweep-related',
    '42 * * * * count-helped ?fill=1h',
    '5 3 * * * forget-audit-events ?fill=1d',
    '7 3 * * * forget-sessions ?fill=1d',
    '17 3 * * * forget-proofs ?fill=1d',
    '19 3 * * * forget-pending-sign-ins ?fill=1d',
    '23 3 * * * forget-authenticators ?fill=1d',
    '25 3 * * * forget-passkey-challenges ?fill=1d',
    '27 3 * * * forget-mails ?fill=1d',
    '33 3 * * * forget-invitations ?fill=1d',
    '37 3 * * * forget-failed-jobs ?fill=1d',
    '47 3 * * * forget-tries ?fill=1d',
    '52 3 * * * forget-drafts ?fill=1d',
    '55 3 * * * forget-ama-events ?fill=1d',
    '57 3 * * * forget-lost-portraits ?fill=1d',
    '59 3 * * * forget-unused-images ?fill=1d',
  ],
}

/**
 * Nothing where the mail came to be good for nothing while it waited: then people have asked again, or wonder about a code that
 * is refused. A worker that is killed between the mail server's yes and the end of this sends the mail again, under
 * the same Message-ID.
 */
async function deliverMail({ id, mail }: { id: string; mail: Mail }): Promise<void> {
  if (hasEnded({ id, mail }, new Date())) return log().warn({ id, kind: mail.kind }, 'a mail is not sent: its code or link has ended')
  // Loaded with the first mail: React and what draws mails take half a second and 30 MB.
  const { writeMail } = await import('#components/mail/write-mail.ts')
  const { name: site } = await getSite()
  const written = { id, to: mail.to, ...(await writeMail(mail, site)) }
  const oneClick = mail.kind === 'notice' ? mail.props.off?.oneClick : undefined
  if (env().SMTP_URL) await sendMail({ ...written, from: site, oneClick })
  else await keepMail(written)
}
