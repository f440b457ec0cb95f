import { ThingInView, thingName } from '#components/moderation/thing-in-view.tsx'
import { Age } from '#components/ui/time.tsx'
import { reasonText } from '#domain/moderation-event/rules.ts'
import type { ReportRow as Report, ReportView } from '#domain/report/queries.ts'
import { paths } from '#lib/paths.ts'

/** An open report, with its thing in view. */
export function ReportRow({ report, now }: { report: Report; now: Date }) {
  return (
    <li className="py-8">
      <h2 className="text-lg font-semibold leading-snug">
        <a className="quiet-link" href={paths.moderated(report.thing, report.id)}>
          {thingName(report)}
        </a>
      </h2>
      <ReportWords report={report} now={now} />
      <div className="mt-4">
        <ThingInView of={report} />
      </div>
      <p className="mt-4">
        <a className="button button-quiet" href={paths.moderated(report.thing, report.id)}>
          Decide<span className="sr-only">: {thingName(report)}</span>
        </a>
      </p>
    </li>
  )
}

export function ReportWords({ report, now }: { report: ReportView; now: Date }) {
  return (
    <div className="mt-2">
      <p>
        <span className="font-medium">{reasonText(report.reason)}</span> <span aria-hidden="true">• </span>
        <span className="text-soft">
          reported <Age at={report.reportedAt} now={now} />
        </span>
      </p>
      {report.words && <p className="mt-1 whitespace-pre-wrap">{report.words}</p>}
    </div>
  )
}
