import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { Frame, HeadScript } from '#components/site/frame.tsx'
import { countUnread } from '#domain/notice/queries.ts'
import { hasQueue } from '#domain/queue/rules.ts'
import { getSite } from '#domain/site/queries.ts'
import { currentViewer } from '#lib/session.ts'
import { fonts } from './fonts.ts'
import { FORMAT_DETECTION, THEME_COLORS } from './page-metadata.ts'
import './globals.css'

// Pages are rendered on request; server.ts keeps the finished page for a second (docs/decisions/001).
export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  const { name } = await getSite()
  return { title: { default: name, template: `%s · ${name}` }, applicationName: name, formatDetection: FORMAT_DETECTION }
}

export const viewport: Viewport = { themeColor: THEME_COLORS }

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [site, viewer] = await Promise.all([getSite(), currentViewer()])
  const unread = viewer ? await countUnread(viewer) : 0
  return (
    // The script in the head sets attributes on this element before React sees it.
    <html lang="en" className={fonts} suppressHydrationWarning>
      <head>
        <HeadScript />
      </head>
      <body>
        <Frame site={site} viewer={viewer && { ...viewer, unread, queue: hasQueue(viewer) }}>
          {children}
        </Frame>
      </body>
    </html>
  )
}
