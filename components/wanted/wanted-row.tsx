import { JoinButton, People } from '#components/wanted/join-button.tsx'
import type { WantedRow as Wanted } from '#domain/wanted/queries.ts'
import { paths } from '#lib/paths.ts'

type Props = { wanted: Wanted; community?: boolean; heading?: 'h2' | 'h3' }

/** Something wanted in a list, with the community where several are listed. */
export function WantedRow({ wanted, community = true, heading: Heading = 'h2' }: Props) {
  return (
    <li className="py-6">
      <Heading className="text-lg font-semibold leading-snug">
        <a className="quiet-link" href={paths.wantedThing(wanted.slug)}>
          {wanted.title}
        </a>
      </Heading>
      {wanted.why && <p className="mt-2 line-clamp-3 break-words font-serif leading-relaxed">{wanted.why}</p>}
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-soft">
        <span>
          {wanted.kind === 'mentor' ? 'A mentor' : 'A topic'}
          {community && ` in ${wanted.community.name}`}
        </span>
        <People wanted={wanted} />
        <JoinButton wanted={wanted} />
      </div>
    </li>
  )
}
