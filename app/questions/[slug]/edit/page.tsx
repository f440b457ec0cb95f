import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { EditAmaQuestionForm } from '#components/ama/hosting-forms.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { hostedAmasOf } from '#domain/ama/queries.ts'
import { getHostedQuestion } from '#domain/question/queries.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  return personalMetadata({ title: 'Edit a question', description: 'For the hosts of its AMA.', path: paths.editAmaQuestion(slug) })
}

export default async function EditAmaQuestionPage({ params }: Props) {
  const [viewer, { slug }] = await Promise.all([currentViewer(), params])
  if (!viewer) redirect(paths.signIn(paths.editAmaQuestion(slug)))
  const question = (await getHostedQuestion(slug)) ?? notFound()
  const ama = question.ama ?? notFound()
  if (!(await hostedAmasOf(viewer, [ama.id])).length) notFound()
  return (
    <NarrowPage
      heading="Edit a question"
      lead={
        question.answerCount
          ? 'It is answered by now, and the answer is to these words: they stay.'
          : question.sentInAt
            ? 'You put it in. Keep what it asks: whoever requests it waits for an answer to that.'
            : 'Keep what it asks. Who asked it is told, and whoever requested it may take the request back.'
      }
    >
      {question.answerCount === 0 && <EditAmaQuestionForm question={question} />}
      <p>
        <a className="text-link" href={paths.hostedAma(ama.slug)}>
          Back to the AMA
        </a>
      </p>
    </NarrowPage>
  )
}
