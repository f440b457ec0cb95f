import { Age } from '#components/ui/time.tsx'
import { reasonText } from '#domain/moderation-event/rules.ts'
import type { NoticeView } from '#domain/notice/queries.ts'
import { noticeHref, noticeText } from '#domain/notice/rules.ts'
import { paths } from '#lib/paths.ts'

/** What somebody was told: what happened, why, and what was said with it. Its link marks it as read. */
export function NoticeRow({ notice, now }: { notice: NoticeView; now: Date }) {
  const { id, reason, words, readAt, toldAt } = notice
  const text = noticeText(notice)
  return (
    <li className="grid grid-cols-[1rem_1fr] py-5">
      <span className="pt-2">
        {!readAt && (
          <span className="block size-2 rounded-full bg-accent">
            <span className="sr-only">Unread:</span>
          </span>
        )}
      </span>
      <div className="min-w-0">
        <h2 className={readAt ? 'leading-snug' : 'font-semibold leading-snug'}>
          {noticeHref(notice) ? (
            <a className="quiet-link" href={paths.notice(id)}>
              {text}
            </a>
          ) : (
            text
          )}
        </h2>
        {reason && <p className="mt-1">The reason: {reasonText(reason)}</p>}
        {words && <p className="mt-2 whitespace-pre-wrap break-words">{words}</p>}
        <p className="mt-1 text-sm text-soft">
          <Age at={toldAt} now={now} />
        </p>
      </div>
    </li>
  )
}
