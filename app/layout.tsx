import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { Enhancements } from '#components/enhance/enhancements.tsx'
import { HEAD_SCRIPT } from '#components/enhance/head-script.ts'
import { Footer } from '#components/site/footer.tsx'
import { Header } from '#components/site/header.tsx'
import { currentViewer } from '#lib/session.ts'
import { sans, sansExtended, serif, serifExtended } from './fonts.ts'
import './globals.css'

// Pages are rendered on request; server.ts keeps the finished page for a second (docs/decisions/001).
export const dynamic = 'force-dynamic'

export const metadata: Metadata = {
  title: 'Perch',
  applicationName: 'Perch',
  formatDetection: { telephone: false, address: false, email: false },
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfaf7' },
    { media: '(prefers-color-scheme: dark)', color: '#101416' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
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
        <Header viewer={await currentViewer()} />
        <main id="content" tabIndex={-1} className="mx-auto max-w-[70rem] px-5 pt-8 outline-none sm:pt-12">
          {children}
        </main>
        <Footer />
        <Enhancements />
      </body>
    </html>
  )
}
