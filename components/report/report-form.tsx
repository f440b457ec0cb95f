import { ReasonField, WordsField } from '#components/moderation/reason-fields.tsx'
import { Form, Submit } from '#components/ui/form.tsx'
import { Honeypot } from '#components/ui/honeypot.tsx'
import { reasons, type Thing } from '#domain/moderation-event/rules.ts'
import { sendReportAction } from '#domain/report/actions.ts'
import { paths } from '#lib/paths.ts'

export function ReportForm({ thing, id }: { thing: Thing; id: string }) {
  return (
    <Form action={sendReportAction} permalink={paths.report(thing, id)}>
      <input type="hidden" name="thing" value={thing} />
      <input type="hidden" name="id" value={id} />
      <ReasonField form="report" label="What is wrong?" list={reasons} />
      <WordsField form="report" label="What should moderators know?" hint="If you like. They see these words, and not who wrote them." />
      <Honeypot />
      <Submit>Report it</Submit>
    </Form>
  )
}
