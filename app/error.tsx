'use client'

import { paths } from '#lib/paths.ts'

/** An error nobody expected: its details are in the log, never on the page. */
export default function ErrorPage() {
  return (
    <div className="max-w-prose py-10">
      <h1 className="text-3xl font-semibold tracking-tight">This page did not come through.</h1>
      <p className="mt-4 text-soft">
        Something on our side failed, and it is in our log. Loading the page again in a moment usually helps.
      </p>
      <p className="mt-6 flex flex-wrap gap-4">
        {/* biome-ignore lint/a11y/useValidAnchor: an empty address is this page itself, with all that stands behind a question mark */}
        <a className="button" href="">
          Load it again
        </a>
        <a className="button button-quiet" href={paths.home()}>
          Go to the first page
        </a>
      </p>
    </div>
  )
}
