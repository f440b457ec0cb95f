import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { VersionRow } from '#components/answer/version-row.tsx'
import { List } from '#components/ui/list.tsx'
import { ShortDate } from '#components/ui/time.tsx'
import { getAnswer, listVersions } from '#domain/answer/queries.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { pageMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ after?: string | string[] }> }

const load = cache(async (id: string) => (await getAnswer(id)) ?? notFound())

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ id }, { after }] = await Promise.all([params, searchParams])
  const { question, name } = await load(id)
  const head = await pageMetadata({
    title: `History of an answer to ${question.title}`,
    description: `What ${name}’s answer said before it was changed, and why.`,
    path: afterHref(paths.answerHistory(id), after),
  })
  // What is to be found is what it says now.
  return { ...head, robots: { index: false, follow: true } }
}

export default async function HistoryPage({ params, searchParams }: Props) {
  const now = new Date()
  const [{ id }, { after }] = await Promise.all([params, searchParams])
  const answer = await load(id)
  const versions = (await listVersions(answer.id, after)) ?? notFound()
  return (
    <div className="mx-auto max-w-3xl sm:py-6">
      <h1 className="text-2xl font-semibold leading-snug tracking-tight sm:text-[1.75rem]">What this answer said before</h1>
      <p className="mt-3 text-soft">
        {answer.name} answered{' '}
        <a className="text-link" href={paths.answer(answer.question.slug, answer.id)}>
          {answer.question.title}
        </a>{' '}
        on <ShortDate at={answer.answeredAt} now={now} />
        {answer.editedAt && (
          <>
            {' '}
            and changed it last on <ShortDate at={answer.editedAt} now={now} />
          </>
        )}
        .
      </p>
      <div className="mt-6">
        <List
          next={versions.next && afterHref(paths.answerHistory(answer.id), versions.next)}
          more="Earlier texts"
          empty="It says what it said from the beginning."
        >
          {versions.rows.map((version) => (
            <VersionRow key={version.number} version={version} now={now} />
          ))}
        </List>
      </div>
    </div>
  )
}
