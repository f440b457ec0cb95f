import { NarrowPage } from '#components/ui/narrow-page.tsx'

/** Instead of a button that could do nothing any more. */
export function LinkTooOld({ again }: { again: string }) {
  return (
    <NarrowPage
      heading="This link is no longer good"
      lead="It was used already, it is older than ten minutes, or a newer one took its place. Ask for another one, and use the newest mail."
    >
      <p>
        <a className="button" href={again}>
          Ask for another one
        </a>
      </p>
    </NarrowPage>
  )
}
