import Head from 'next/head'
import type { PageMetadata } from './page-metadata.ts'

type Robots = { index: boolean; follow: boolean; 'max-image-preview'?: string; 'max-snippet'?: number }
type Props = { head: Omit<PageMetadata, 'robots'> & { robots: Robots } }

/** The head of one page of the Pages Router, tag by tag as the App Router makes it; pages/_document.tsx has what is the same on all. */
export function PageHead({ head: { title, description, alternates, openGraph, twitter, robots } }: Props) {
  return (
    <Head>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title.absolute}</title>
      <meta name="description" content={description} />
      <meta name="application-name" content={openGraph.siteName} />
      <meta name="robots" content={written(robots)} />
      <link rel="canonical" href={alternates.canonical} />
      <meta property="og:title" content={openGraph.title} />
      <meta property="og:description" content={openGraph.description} />
      <meta property="og:url" content={openGraph.url} />
      <meta property="og:site_name" content={openGraph.siteName} />
      <meta property="og:locale" content={openGraph.locale} />
      <meta property="og:type" content={openGraph.type} />
      <meta name="twitter:card" content={twitter.card} />
      <meta name="twitter:title" content={twitter.title} />
      <meta name="twitter:description" content={twitter.description} />
    </Head>
  )
}

function written({ index, follow, ...more }: Robots): string {
  const others = Object.entries(more).map(([name, value]) => `${name}:${value}`)
  return [index ? 'index' : 'noindex', follow ? 'follow' : 'nofollow', ...others].join(', ')
}
