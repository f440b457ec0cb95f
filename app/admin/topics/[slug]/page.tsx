import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { TopicForm } from '#components/admin/community-forms.tsx'
import { Saved } from '#components/admin/saved.tsx'
import { Crumbs } from '#components/ui/crumbs.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { canHost } from '#domain/community/rules.ts'
import { getTopic } from '#domain/topic/queries.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { isAdmin } from '#lib/viewer.ts'
import { movedOrNotFound } from '../../../moved.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ done?: string | string[] }> }

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Topic · Administration', description: 'A topic and its other words.', path: paths.adminCommunities() })
}

export default async function AdminTopicPage({ params, searchParams }: Props) {
  const [viewer, { slug }, { done }] = await Promise.all([currentViewer(), params, searchParams])
  if (!viewer) notFound()
  const topic = (await getTopic(slug)) ?? (await movedOrNotFound('Topic', slug, paths.adminTopic))
  const { community } = topic
  if (!canHost(viewer, community.id)) notFound()
  const above = isAdmin(viewer)
    ? [
        { name: 'Administration', href: paths.admin() },
        { name: 'Communities', href: paths.adminCommunities() },
        { name: community.name, href: paths.adminCommunity(community.slug) },
      ]
    : [{ name: community.name, href: paths.hosting(community.slug) }]
  return (
    <>
      <Crumbs crumbs={above} />
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
