import { Children, type ReactNode } from 'react'
import { Empty } from '#components/ui/columns.tsx'

type Props = {
  children: ReactNode
  /** Said in its place while there is nothing: what would be here, and how it begins. */
  empty: ReactNode
  /** Where the list goes on, and the words of that link. */
  next?: string | null
  more?: string
  ordered?: true
}

/**
 * Rows with hairlines between them. A long list goes on behind a link; with JavaScript the next rows are set in below
 * (components/enhance/more-in-place.ts reads them from the next page).
 */
export function List({ children, empty, next, more, ordered }: Props) {
  if (!Children.count(children)) return <Empty>{empty}</Empty>
  const Rows = ordered ? 'ol' : 'ul'
  return (
    <div data-more-list={more ?? ''}>
      <Rows className="divide-y divide-line">{children}</Rows>
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
