import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { OwnQuestionView } from '#components/question/own-question.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { getOwnQuestion } from '#domain/question/queries.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { movedOrNotFound } from '../../../moved.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ done?: string | string[] }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  return personalMetadata({ title: 'Your question', description: 'What became of it.', path: paths.myQuestion(slug) })
}

export default async function MyQuestionPage({ params, searchParams }: Props) {
  const [viewer, { slug }, { done }] = await Promise.all([currentViewer(), params, searchParams])
  if (!viewer) redirect(paths.signIn(paths.myQuestion(slug)))
  const question = (await getOwnQuestion(viewer, slug)) ?? (await movedOrNotFound('Question', slug, paths.myQuestion))
  return (
    <NarrowPage heading={question.title}>
      <OwnQuestionView question={question} done={typeof done === 'string' ? done : undefined} now={new Date()} />
    </NarrowPage>
  )
}
