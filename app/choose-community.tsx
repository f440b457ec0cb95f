import { notFound, redirect } from 'next/navigation'
import { List } from '#components/ui/list.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { listCommunities } from '#domain/community/queries.ts'
import { afterHref } from '#lib/paths.ts'

type Props = {
  heading: string
  lead: string
  /** Where it goes on in a community; without one, this page. */
  path: (where?: { community: string }) => string
  after: string | string[] | undefined
}

/** The first step of what belongs into a community, from where none is named. Where there is one alone, it is that. */
export async function ChooseCommunity({ heading, lead, path, after }: Props) {
  const communities = (await listCommunities(after)) ?? notFound()
  const [only, ...others] = communities.rows
  if (only && !others.length && !after && !communities.next) redirect(path({ community: only.slug }))
  return (
    <NarrowPage heading={heading} lead={lead}>
      <List
        next={communities.next && afterHref(path(), communities.next)}
        more="More communities"
        empty="There is no community yet. Whoever runs this site makes the first one."
      >
        {communities.rows.map(({ slug, name }) => (
          <li key={slug}>
            <a className="quiet-link flex min-h-14 items-center py-2 text-lg font-semibold" href={path({ community: slug })}>
              {name}
            </a>
          </li>
        ))}
      </List>
    </NarrowPage>
  )
}
