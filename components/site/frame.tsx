import type { ComponentProps, ReactNode } from 'react'
import { Enhancements } from '#components/enhance/enhancements.tsx'
import { HEAD_SCRIPT } from '#components/enhance/head-script.ts'
import { Footer } from '#components/site/footer.tsx'
import { Header } from '#components/site/header.tsx'
import type { SiteShown } from '#domain/site/queries.ts'
import { sitePagesOf } from '#domain/site-page/rules.ts'

type Props = { site: SiteShown; viewer: ComponentProps<typeof Header>['viewer']; children: ReactNode }

/** The body of every page, whichever router makes it. */
export function Frame({ site, viewer, children }: Props) {
  return (
    <>
      <Header siteName={site.name} viewer={viewer} />
      <main id="content" tabIndex={-1} className="mx-auto max-w-[70rem] px-5 pt-8 outline-none sm:pt-12">
        {children}
      </main>
      <Footer siteName={site.name} pages={sitePagesOf(site.pages)} />
      <Enhancements />
    </>
  )
}

/** Stands in the head of every page. */
export function HeadScript() {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, allowed by its hash
  return <script dangerouslySetInnerHTML={{ __html: HEAD_SCRIPT }} />
}
