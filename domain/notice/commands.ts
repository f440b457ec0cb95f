import { v7 as uuidv7 } from 'uuid'
import { enqueueMail } from '#domain/mail/commands.ts'
import { reasonText } from '#domain/moderation-event/rules.ts'
import { noticeText } from '#domain/notice/rules.ts'
import type { Db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'

type Told = {
  memberId: string
  act: 'hide' | 'restore' | 'suspend'
  questionId?: string
  answerId?: string
  reason: string
  words: string | undefined
  until?: Date
}

/** Tells somebody what a moderator did, at /my/notices and by mail where there is an account. */
export async function tell(tx: Db, told: Told, now: Date): Promise<void> {
  const notice = await tx.notice.create({
    data: { id: uuidv7(), ...told, toldAt: now },
    select: {
      act: true,
      until: true,
      question: { select: { title: true } },
      answer: { select: { question: { select: { title: true } } } },
      member: { select: { name: true, account: { select: { email: true } } } },
    },
  })
  const { name, account } = notice.member
  if (!account) return
  const link = env().SITE_URL + paths.myNotices()
  const props = { name, what: noticeText(notice), reason: reasonText(told.reason), words: told.words ?? '', link }
  await enqueueMail(tx, { kind: 'moderated', to: account.email, props })
}

/** Deletes what moderators told a member. */
export async function forgetNoticesOf(tx: Db, memberId: string): Promise<void> {
  await tx.notice.deleteMany({ where: { memberId } })
}
