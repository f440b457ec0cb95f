import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { Enhancements } from '#components/enhance/enhancements.tsx'
import { HEAD_SCRIPT } from '#components/enhance/head-script.ts'
import { Footer } from '#components/site/footer.tsx'
import { Header } from '#components/site/header.tsx'
import { countUnread } from '#domain/notice/queries.ts'
import { hasQueue } from '#domain/queue/rules.ts'
import { getSite } from '#domain/site/queries.ts'
import { sitePagesOf } from '#domain/site-page/rules.ts'
import { currentViewer } from '#lib/session.ts'
import { sans, sansExtended, serif, serifExtended } from './fonts.ts'
import './globals.css'

// Pages are rendered on request; server.ts keeps the finished page for a second (docs/decisions/001).
export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  const { name } = await getSite()
  return {
    title: { default: name, template: `%s · ${name}` },
    applicationName: name,
    formatDetection: { telephone: false, address: false, email: false },
  }
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfaf7' },
    { media: '(prefers-color-scheme: dark)', color: '#101416' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [site, viewer] = await Promise.all([getSite(), currentViewer()])
  const unread = viewer ? await countUnread(viewer) : 0
  return (
    // The script in the head sets attributes on this element before React sees it.
    <html
      lang="en"
      className={`${sansExtended.variable} ${sans.variable} ${serifExtended.variable} ${serif.variable}`}
      suppressHydrationWarning
    >
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, allowed by its hash */}
        <script dangerouslySetInnerHTML={{ __html: HEAD_SCRIPT }} />
      </head>
      <body>
        <Header siteName={site.name} viewer={viewer && { ...viewer, unread, queue: hasQueue(viewer) }} />
        <main id="content" tabIndex={-1} className="mx-auto max-w-[70rem] px-5 pt-8 outline-none sm:pt-12">
          {children}
        </main>
        <Footer siteName={site.name} pages={sitePagesOf(site.pages)} />
        <Enhancements />
      </body>
    </html>
  )
}
