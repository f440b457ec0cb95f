import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Columns, MoreLink, Rail } from '#components/ui/columns.tsx'
import { List } from '#components/ui/list.tsx'
import { WantedRow } from '#components/wanted/wanted-row.tsx'
import { getCommunity, listCommunities } from '#domain/community/queries.ts'
import { listWanted } from '#domain/wanted/queries.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { movedOrNotFound } from '../moved.ts'
import { pageMetadata } from '../page-metadata.ts'

type Props = { searchParams: Promise<{ after?: string | string[]; community?: string | string[] }> }

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { community: slug, after } = await searchParams
  const community = typeof slug === 'string' ? await getCommunity(slug) : null
  return pageMetadata({
    title: community ? `Wanted in ${community.name}` : 'Wanted',
    description: 'Topics and mentors that people wish for here. When enough of them do, a host invites somebody.',
    path: paths.wantedList(community?.slug, typeof after === 'string' ? after : undefined),
  })
}

export default async function WantedPage({ searchParams }: Props) {
  const { community: slug, after } = await searchParams
  const community =
    typeof slug === 'string' && slug ? ((await getCommunity(slug)) ?? (await movedOrNotFound('Community', slug, paths.wantedList))) : null
  const [page, communities] = await Promise.all([listWanted(community?.id, after), listCommunities()])
  const wanted = page ?? notFound()
  const first = communities?.rows ?? []
  const chosen = community && !first.some(({ id }) => id === community.id) ? [community] : []
  return (
    <Columns
      rails={
        <Rail heading="By community">
          <ul className="grid gap-1">
            {[null, ...first, ...chosen].map((each) => (
              <li key={each?.id ?? 'all'}>
                <a
                  className="quiet-link inline-flex min-h-11 items-center aria-[current]:font-semibold"
                  href={paths.wantedList(each?.slug)}
                  aria-current={each?.id === community?.id ? 'page' : undefined}
                >
                  {each?.name ?? 'All'}
                </a>
              </li>
            ))}
          </ul>
          {communities?.next && <MoreLink href={afterHref(paths.communities(), communities.next)}>More communities</MoreLink>}
        </Rail>
      }
    >
      <h1 className="text-3xl font-semibold tracking-tight sm:text-4xl">{community ? `Wanted in ${community.name}` : 'Wanted'}</h1>
      <p className="mt-3 max-w-prose text-soft">
        Topics and mentors that people wish for here. When enough of them do, a host invites somebody and brings your questions along.
      </p>
      <p className="mb-4 mt-6">
        <a className="button" href={paths.newWanted({ community: community?.slug })} rel="nofollow">
          Ask for something
        </a>
      </p>
      <List
        next={wanted.next && paths.wantedList(community?.slug, wanted.next)}
        more="More that is wanted"
        empty={
          after
            ? 'Nothing more is wanted.'
            : `Nothing is wanted${community ? ` in ${community.name}` : ''} at the moment. What you miss can be the first: a topic, or somebody who should answer here.`
        }
      >
        {wanted.rows.map((row) => (
          <WantedRow key={row.id} wanted={row} community={!community} />
        ))}
      </List>
    </Columns>
  )
}
