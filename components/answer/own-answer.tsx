import { RemoveVersionForm, TakeBackForm } from '#components/answer/answer-forms.tsx'
import { PointForm } from '#components/answer/point-form.tsx'
import { VersionRow } from '#components/answer/version-row.tsx'
import { Section } from '#components/ui/columns.tsx'
import { List } from '#components/ui/list.tsx'
import type { AnswerVersionView } from '#domain/answer/queries.ts'
import { isUntold } from '#domain/answer/rules.ts'
import type { Answering } from '#domain/answer-draft/queries.ts'
import type { Page } from '#lib/cursor.ts'
import { afterHref, paths } from '#lib/paths.ts'

/** `undo`: taking it back stands at the top already. */
type Props = { answering: Answering; versions: Page<AnswerVersionView>; sentences: string[]; now: Date; undo: boolean }

/** What somebody answered, for themselves: what it said before, and how to take it back. */
export function OwnAnswer({ answering, versions, sentences, now, undo }: Props) {
  const { answer, slug } = answering
  if (!answer) return null
  if (answer.hiddenAt) {
    return (
      <p>
        A moderator hid your answer. Nobody but you reads it, and it stays as it is until that is decided otherwise.{' '}
        <a className="text-link" href={paths.myNotices()}>
          What you were told
        </a>
      </p>
    )
  }
  return (
    <>
      <PointForm answer={answer} slug={slug} sentences={sentences} />
      {versions.rows.length > 0 && (
        <Section heading="What it said before">
          <List next={versions.next && afterHref(paths.answerQuestion(slug), versions.next)} more="Earlier texts" empty="">
            {versions.rows.map((version) => (
              <VersionRow key={version.number} version={version} now={now}>
                {version.html !== null && <RemoveVersionForm answer={answer.id} slug={slug} number={version.number} />}
              </VersionRow>
            ))}
          </List>
        </Section>
      )}
      {!undo && (
        <Section heading="Take it back">
          <div className="pt-4">
            <TakeBackForm answer={answer.id} slug={slug} untold={isUntold(answer, now)} />
          </div>
        </Section>
      )}
    </>
  )
}
