import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { PublishPreparedForm } from '#components/answer/answer-forms.tsx'
import { PreparedRow } from '#components/answer/prepared-row.tsx'
import { List } from '#components/ui/list.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { countPrepared, findHeldAma, listPrepared } from '#domain/answer-draft/queries.ts'
import { listBeingAnswered } from '#domain/answer-lease/queries.ts'
import { whyNotClosed } from '#domain/closing/rules.ts'
import { count, thousands } from '#lib/count.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { movedOrNotFound } from '../../../moved.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ after?: string | string[]; done?: string | string[] }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  return personalMetadata({
    title: 'Prepared answers',
    description: 'What you have ready for your AMA.',
    path: paths.preparedAnswers(slug),
  })
}

export default async function PreparedPage({ params, searchParams }: Props) {
  const [viewer, { slug }, { after, done }] = await Promise.all([currentViewer(), params, searchParams])
  if (!viewer) redirect(paths.signIn(paths.preparedAnswers(slug)))
  const ama = (await findHeldAma(viewer, slug)) ?? (await movedOrNotFound('Ama', slug, paths.preparedAnswers))
  const [page, prepared, answering] = await Promise.all([
    listPrepared(viewer, ama.id, after),
    countPrepared(viewer, ama.id),
    listBeingAnswered(ama.id, new Date(), viewer.memberId),
  ])
  const questions = page ?? notFound()
  return (
    <NarrowPage
      heading={`Prepared for your AMA on ${ama.topic.name}`}
      lead={prepared.count && prepared.outOf && `${thousands(prepared.count)} of ${count(prepared.outOf, 'question')} prepared.`}
    >
      {done === 'published' && (
        <p role="status" className="form-message">
          Published. Everybody can read them now.
        </p>
      )}
      <p>
        <a className="text-link inline-flex min-h-11 items-center" href={paths.localWords(ama.slug)}>
          Say what your words mean here
        </a>
      </p>
      {prepared.toPublish && <PublishPreparedForm ama={ama} />}
      {!whyNotClosed(ama, new Date()) && (
        <p>
          <a className="text-link" href={paths.closeAma(ama.slug)}>
            Close this AMA
          </a>
        </p>
      )}
      <List
        next={questions.next && afterHref(paths.preparedAnswers(ama.slug), questions.next)}
        more="More questions"
        empty="Nobody has asked anything yet. What is asked stands here, to be answered ahead of the start."
      >
        {questions.rows.map((question) => (
          <PreparedRow key={question.id} question={question} others={answering.find(({ id }) => id === question.id)?.by ?? []} />
        ))}
      </List>
    </NarrowPage>
  )
}
