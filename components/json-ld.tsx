import type { Thing, WithContext } from 'schema-dts'
import { HtmlSlot } from '#components/ui/html-slot.tsx'
import { serializeJsonLd } from '#lib/json-ld.ts'
import { keepHtml } from '#lib/once.ts'

/** Tells search engines what the page shows. */
export function JsonLd({ data }: { data: WithContext<Thing> | null }) {
  return data && <HtmlSlot as="script" type="application/ld+json" name={keepHtml(serializeJsonLd(data))} />
}
