import { AmaRow } from '#components/ama/ama-row.tsx'
import { Section } from '#components/ui/columns.tsx'
import { List } from '#components/ui/list.tsx'
import type { AmaRow as Ama } from '#domain/ama/queries.ts'
import { amaPhase } from '#domain/ama/rules.ts'
import type { Page } from '#lib/cursor.ts'
import { afterHref } from '#lib/paths.ts'

type Props = { coming: Page<Ama> | null; past: Page<Ama> | null; now: Date; path: string }

/** AMAs live, upcoming and past; a list that is null is not shown (the page goes on through the other one). */
export function AmaLists({ coming, past, now, path }: Props) {
  const live = coming?.rows.filter((ama) => amaPhase(ama, now) === 'live') ?? []
  const upcoming = coming?.rows.filter((ama) => amaPhase(ama, now) === 'upcoming') ?? []
  return (
    <>
      {live.length > 0 && (
        <Section heading="Live now">
          <List empty="">{rows(live, now)}</List>
        </Section>
      )}
      {coming && (
        <Section heading="Upcoming">
          <List
            next={coming.next && afterHref(path, coming.next, 'coming')}
            more="More upcoming AMAs"
            empty="No AMA is planned at the moment. When a host sets one up, it stands here with its date."
          >
            {rows(upcoming, now)}
          </List>
        </Section>
      )}
      {past && (
        <Section heading="Past">
          <List
            next={past.next && afterHref(path, past.next, 'past')}
            more="More past AMAs"
            empty="No AMA is past yet. Its answers stay here once it is."
          >
            {rows(past.rows, now)}
          </List>
        </Section>
      )}
    </>
  )
}

function rows(amas: Ama[], now: Date) {
  return amas.map((ama) => <AmaRow key={ama.id} ama={ama} now={now} />)
}
