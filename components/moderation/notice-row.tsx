import { Age } from '#components/ui/time.tsx'
import { reasonText } from '#domain/moderation-event/rules.ts'
import type { NoticeView } from '#domain/notice/queries.ts'
import { noticeText } from '#domain/notice/rules.ts'

/** What a moderator told: what was done, why, and the own words. */
export function NoticeRow({ notice, now }: { notice: NoticeView; now: Date }) {
  return (
    <li className="py-6">
      <h2 className="font-semibold">{noticeText(notice)}</h2>
      <p className="mt-1">
        The reason: {reasonText(notice.reason)} <span aria-hidden="true">• </span>
        <span className="text-soft">
          <Age at={notice.toldAt} now={now} />
        </span>
      </p>
      {notice.words && <p className="mt-2 whitespace-pre-wrap">{notice.words}</p>}
    </li>
  )
}
