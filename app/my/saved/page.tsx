import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { SavedRow } from '#components/answer/saved-row.tsx'
import { List } from '#components/ui/list.tsx'
import { listSaved } from '#domain/answer-mark/queries.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../page-metadata.ts'

type Props = { searchParams: Promise<{ after?: string | string[] }> }

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'What you saved', description: 'The answers that you saved.', path: paths.mySaved() })
}

export default async function SavedPage({ searchParams }: Props) {
  const [viewer, { after }] = await Promise.all([currentViewer(), searchParams])
  if (!viewer) redirect(paths.signIn(paths.mySaved()))
  const saved = (await listSaved(viewer, after)) ?? notFound()
  const now = new Date()
  return (
    <div className="max-w-[43.5rem]">
      <h1 className="mb-6 text-3xl font-semibold tracking-tight">What you saved</h1>
      <List
        next={saved.next && afterHref(paths.mySaved(), saved.next)}
        more="Saved earlier"
        empty="Nothing yet. “Save” below an answer keeps it here, for you alone."
      >
        {saved.rows.map((answer) => (
          <SavedRow key={answer.id} answer={answer} now={now} />
        ))}
      </List>
    </div>
  )
}
