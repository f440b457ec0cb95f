import type { Thing, WithContext } from 'schema-dts'
import { serializeJsonLd } from '#lib/json-ld.ts'

/** Tells search engines what the page shows. */
export function JsonLd({ data }: { data: WithContext<Thing> | null }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: data of ours, in which nothing can end the element
  return data && <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: serializeJsonLd(data) }} />
}
