import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { LocalWordForm } from '#components/ama/local-word-form.tsx'
import { Section } from '#components/ui/columns.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { findHeldAma } from '#domain/answer-draft/queries.ts'
import { listLocalWords } from '#domain/local-word/queries.ts'
import { LOCAL_WORDS_MAX } from '#domain/local-word/rules.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { movedOrNotFound } from '../../../moved.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ done?: string | string[] }> }

const DONE = new Map([
  ['saved', 'Saved. It stands above the questions, and is marked in the answers.'],
  ['removed', 'Removed.'],
])

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  return personalMetadata({ title: 'Words used here', description: 'What your words mean in your AMA.', path: paths.localWords(slug) })
}

export default async function LocalWordsPage({ params, searchParams }: Props) {
  const [viewer, { slug }, { done }] = await Promise.all([currentViewer(), params, searchParams])
  if (!viewer) redirect(paths.signIn(paths.localWords(slug)))
  const ama = (await findHeldAma(viewer, slug)) ?? (await movedOrNotFound('Ama', slug, paths.localWords))
  const words = await listLocalWords(ama.id)
  return (
    <NarrowPage
      heading="Words used here"
      lead={
        <>
          What your words mean in your AMA on {ama.topic.name}. Readers find them above the questions and in your answers.{' '}
          <a className="text-link" href={paths.ama(ama.slug)}>
            Its page
          </a>
        </>
      }
    >
      {typeof done === 'string' && DONE.has(done) && (
        <p role="status" className="form-message">
          {DONE.get(done)}
        </p>
      )}
      <div>
        {words.map((local, i) => (
          <Section key={`${local.word} ${local.means}`} heading={local.word}>
            <div className="pt-5">
              <LocalWordForm ama={ama} local={local} place={`${i + 1}`} />
            </div>
          </Section>
        ))}
        {words.length < LOCAL_WORDS_MAX && (
          <Section heading="Another word">
            <div className="pt-5">
              <LocalWordForm key={words.length} ama={ama} place="new" />
            </div>
          </Section>
        )}
      </div>
    </NarrowPage>
  )
}
