import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { CloseForm } from '#components/closing/close-form.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { countBecame, getClosable, listUndecided } from '#domain/closing/queries.ts'
import { canClose, closesAt, sumsText, whyNotClosed } from '#domain/closing/rules.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { fullDate } from '#lib/time.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  return personalMetadata({ title: 'Close the AMA', description: 'For who runs or holds it.', path: paths.closeAma(slug) })
}

export default async function CloseAmaPage({ params }: Props) {
  const [viewer, { slug }] = await Promise.all([currentViewer(), params])
  if (!viewer) redirect(paths.signIn(paths.closeAma(slug)))
  const ama = (await getClosable({ slug })) ?? notFound()
  if (!canClose(viewer, ama)) notFound()
  const now = new Date()
  const [sums, undecided] = await Promise.all([countBecame(ama.id, now), listUndecided(ama.id, now)])
  const why = whyNotClosed(ama, now)
  const questions = sumsText(sums)
  return (
    <NarrowPage heading={ama.closedAt ? 'This AMA is closed' : 'Close the AMA'} lead={questions && `${questions}.`}>
      {why && !ama.closedAt && <p>{why}</p>}
      {ama.closedAt && (
        <p role="status" className="form-message">
          {ama.closedBy ? `${ama.closedBy} closed it` : 'It closed itself'} on {fullDate(ama.closedAt)}.
        </p>
      )}
      {!why && (
        <>
          <ul className="grid list-disc gap-2 pl-5">
            {now < ama.endsAt && <li>It is still on, and ends with it.</li>}
            <li>Its page becomes the archive, and says of each question what became of it.</li>
            <li>Whoever asked or waits for a question without an answer is told once.</li>
            <li>Mentors can answer later as well. It cannot be opened again.</li>
            {now >= ama.endsAt && <li>If nobody closes it, it closes itself on {fullDate(closesAt(ama.endsAt))}.</li>}
          </ul>
          <CloseForm ama={ama} undecided={undecided} />
        </>
      )}
      <p>
        <a className="text-link" href={paths.ama(slug)}>
          Its page
        </a>
      </p>
    </NarrowPage>
  )
}
