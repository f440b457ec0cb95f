import type { AppProps } from 'next/app'
// In this order they are the very stylesheet of the other pages (app/layout.tsx), which a browser then has already.
import '../app/fonts.ts'
import '../app/globals.css'

/** Each page brings its own frame: it is what loads the name of the site. */
export default function App({ Component, pageProps }: AppProps) {
  return <Component {...pageProps} />
}
