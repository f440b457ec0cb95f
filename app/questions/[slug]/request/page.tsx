import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { Thankable } from '#components/answer/thankable.tsx'
import { PressPage } from '#components/ui/press-page.tsx'
import { listThankable } from '#domain/answer-mark/queries.ts'
import { getOwnRequest, type OwnRequest } from '#domain/answer-request/queries.ts'
import { requestLabel } from '#domain/answer-request/rules.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ refused?: string | string[] }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  return personalMetadata({ title: 'Your request', description: 'Whether you wait for an answer.', path: paths.ownRequest(slug) })
}

export default async function RequestPage({ params, searchParams }: Props) {
  const [viewer, { slug }, { refused }] = await Promise.all([currentViewer(), params, searchParams])
  if (!viewer) redirect(paths.signIn(paths.ownRequest(slug)))
  const [request, thankable] = [(await getOwnRequest(viewer, slug)) ?? notFound(), await listThankable(viewer, slug)]
  return (
    <>
      <PressPage
        heading={headingOf(request)}
        about={{ title: request.title, href: paths.question(slug) }}
        number={count(request.requests, 'request')}
        refused={refused}
        button={request.own ? null : { action: paths.requests(slug), pressed: request.requested, press: requestLabel(request) }}
      >
        {request.requested && 'The answer will stand on the page of the question.'}
      </PressPage>
      <Thankable answers={thankable} />
    </>
  )
}

function headingOf({ own, requested, answerCount }: OwnRequest): string {
  if (own) return 'You asked this question, so you are counted already'
  if (!requested) return 'You do not wait for this'
  return answerCount ? 'You requested another answer' : 'You requested an answer'
}
