import type { Thing, WithContext } from 'schema-dts'
import { serializeJsonLd } from '#lib/json-ld.ts'

/** Tells search engines what the page shows. */
export function JsonLd({ data }: { data: WithContext<Thing> | null }) {
  return data && <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: serializeJsonLd(data) }} />
}
