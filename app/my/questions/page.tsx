import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { ownQuestionState } from '#components/question/own-question-state.ts'
import { List } from '#components/ui/list.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { Age } from '#components/ui/time.tsx'
import { listOwnQuestions } from '#domain/question/queries.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../page-metadata.ts'

type Props = { searchParams: Promise<{ after?: string | string[] }> }

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Your questions', description: 'What you asked, and what became of it.', path: paths.myQuestions() })
}

export default async function MyQuestionsPage({ searchParams }: Props) {
  const viewer = await currentViewer()
  if (!viewer) redirect(paths.signIn(paths.myQuestions()))
  const now = new Date()
  const { rows, next } = (await listOwnQuestions(viewer, (await searchParams).after)) ?? notFound()
  return (
    <NarrowPage heading="Your questions">
      <List
        next={next && afterHref(paths.myQuestions(), next)}
        more="Earlier questions"
        empty={
          <>
            You have asked nothing yet.{' '}
            <a className="text-link" href={paths.ask()}>
              Ask a question
            </a>
            , and it stands here with what becomes of it.
          </>
        }
      >
        {rows.map((question) => (
          <li key={question.id} className="py-5">
            <a className="quiet-link text-lg font-semibold leading-snug" href={paths.myQuestion(question.slug)}>
              {question.title}
            </a>
            <p className="mt-1 text-[0.95rem] text-soft">
              {ownQuestionState(question)} <span aria-hidden="true">• </span>
              <Age at={question.askedAt} now={now} />
            </p>
          </li>
        ))}
      </List>
    </NarrowPage>
  )
}
