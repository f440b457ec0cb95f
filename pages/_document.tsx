import { type DocumentProps, Head, Html, Main, NextScript } from 'next/document'
import type { StaticImageData } from 'next/image'
import { HeadScript } from '#components/site/frame.tsx'
import appleIcon from '../app/apple-icon.png'
import favicon from '../app/favicon.ico'
import { fonts } from '../app/fonts.ts'
import icon from '../app/icon.svg'
import { FORMAT_DETECTION, THEME_COLORS } from '../app/page-metadata.ts'

/** What app/layout.tsx is on other pages, for those of the Pages Router. */
export default function Document({ __NEXT_DATA__: { page } }: DocumentProps) {
  return (
    // Next's own page of an error is marked as the App Router marks its, for the front to say something better (lib/front/pass-through.ts).
    <Html id={page === '/_error' ? '__next_error__' : undefined} lang="en" className={fonts}>
      <Head>
        {THEME_COLORS.map(({ media, color }) => (
          <meta key={media} name="theme-color" content={color} media={media} />
        ))}
        <meta
          name="format-detection"
          content={Object.entries(FORMAT_DETECTION)
            .map(([name, detected]) => `${name}=${detected ? 'yes' : 'no'}`)
            .join(', ')}
        />
        <link rel="icon" href={addressOf('/favicon.ico', favicon)} sizes="32x32" type="image/x-icon" />
        <link rel="icon" href={addressOf('/icon.svg', icon)} sizes="any" type="image/svg+xml" />
        <link rel="apple-touch-icon" href={addressOf('/apple-icon.png', appleIcon)} sizes="180x180" type="image/png" />
        <HeadScript />
      </Head>
      <body>
        <Main />
        <NextScript />
      </body>
    </Html>
  )
}

/** As Next writes it on other pages, so that browsers know the picture again. */
function addressOf(path: string, { src }: StaticImageData): string {
  return `${path}?${src.split('/').at(-1)}`
}
