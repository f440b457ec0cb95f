import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { MarkPage } from '#components/answer/mark-page.tsx'
import { getOwnMark } from '#domain/answer-mark/queries.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ refused?: string | string[] }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const path = paths.ownMark('helpful', (await params).id)
  return personalMetadata({ title: 'Helpful', description: 'Whether you find this answer helpful.', path })
}

export default async function HelpfulPage({ params, searchParams }: Props) {
  const [viewer, { id }, { refused }] = await Promise.all([currentViewer(), params, searchParams])
  if (!viewer) redirect(paths.signIn(paths.ownMark('helpful', id)))
  const mark = (await getOwnMark(viewer, 'helpful', id)) ?? notFound()
  return <MarkPage kind="helpful" mark={mark} refused={refused} />
}
