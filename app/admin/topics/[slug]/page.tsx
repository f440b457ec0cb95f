import type { Metadata } from 'next'
import { TopicForm } from '#components/admin/community-forms.tsx'
import { Saved } from '#components/admin/saved.tsx'
import { Crumbs } from '#components/ui/crumbs.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { getTopic } from '#domain/topic/queries.ts'
import { paths } from '#lib/paths.ts'
import { movedOrNotFound } from '../../../moved.ts'
import { personalMetadata } from '../../../page-metadata.ts'
import { adminOrNotFound } from '../../admin-only.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ done?: string | string[] }> }

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Topic · Administration', description: 'A topic and its other words.', path: paths.adminCommunities() })
}

export default async function AdminTopicPage({ params, searchParams }: Props) {
  await adminOrNotFound()
  const [{ slug }, { done }] = await Promise.all([params, searchParams])
  const topic = (await getTopic(slug)) ?? (await movedOrNotFound('Topic', slug, paths.adminTopic))
  return (
    <>
      <Crumbs
        crumbs={[
          { name: 'Administration', href: paths.admin() },
          { name: 'Communities', href: paths.adminCommunities() },
          { name: topic.community.name, href: paths.adminCommunity(topic.community.slug) },
        ]}
      />
      <NarrowPage heading={topic.name}>
        {done === 'saved' && <Saved />}
        <TopicForm key={topic.slug} {...topic} />
        <p>
          <a className="text-link inline-flex min-h-11 items-center" href={paths.topic(topic.slug)}>
            See it as readers do
          </a>
        </p>
      </NarrowPage>
    </>
  )
}
