import type { BreadcrumbList, WebSite, WithContext } from 'schema-dts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'

type Crumb = { name: string; href: string }

/** For the home page. */
export function siteJsonLd(name: string, description: string): WithContext<WebSite> {
  return {
    '@context': 'https://schema.org',
    '@type': 'WebSite',
    name,
    url: env().SITE_URL + paths.home(),
    description,
    inLanguage: 'en',
  }
}

/** Where an inner page stands, from the widest page above it down to the page itself. */
export function breadcrumbsJsonLd(above: Crumb[], page: Crumb): WithContext<BreadcrumbList> {
  const home = { name: 'Home', href: paths.home() }
  return {
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: [home, ...above, page].map(({ name, href }, i) => ({
      '@type': 'ListItem',
      position: i + 1,
      name,
      item: env().SITE_URL + href,
    })),
  }
}
