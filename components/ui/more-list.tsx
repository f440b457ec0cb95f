import type { ReactNode } from 'react'

type Props = { children: ReactNode; next: string | null; more: string; ordered?: true }

/**
 * A list that goes on behind a link. With JavaScript the next rows are set below in place (components/enhance/more.ts
 * reads them from the next page).
 */
export function MoreList({ children, next, more, ordered }: Props) {
  const List = ordered ? 'ol' : 'ul'
  return (
    <div data-more-list="">
      <List className="divide-y divide-line">{children}</List>
      {next && (
        <p className="border-t border-line pt-6" data-no-print="">
          <a className="button button-quiet" href={next} rel="next" data-more-link="">
            {more}
          </a>
        </p>
      )}
    </div>
  )
}
