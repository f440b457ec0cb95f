import { PressPage } from '#components/ui/press-page.tsx'
import type { OwnMark } from '#domain/answer-mark/queries.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'

type Props = { kind: 'save' | 'helpful' | 'thanks'; mark: OwnMark; refused: string | string[] | undefined }

const WORDS = {
  save: { on: 'You saved this answer', off: 'You have not saved this answer', press: 'Save' },
  helpful: { on: 'You find this answer helpful', off: 'You have not said that this answer is helpful', press: 'Helpful' },
  thanks: { on: 'You said thanks', off: 'You have not said thanks', press: 'Say thanks' },
}

/** Where "Save", "Helpful" and "Thank" lead without JavaScript. */
export function MarkPage({ kind, mark, refused }: Props) {
  const { id, slug, title, name, helpfulCount, own, waited, marked } = mark
  const { on, off, press } = WORDS[kind]
  const may = !own && (kind !== 'thanks' || waited || marked)
  return (
    <PressPage
      heading={own ? 'This answer is your own' : marked ? on : off}
      about={{ title, href: paths.answer(slug, id) }}
      number={kind === 'helpful' && helpfulCount > 0 ? `${count(helpfulCount, 'person')} found it helpful` : `Answered by ${name}`}
      refused={refused}
      button={may ? { action: paths.marks(kind, id), pressed: marked, press } : null}
    >
      {kind === 'save' && marked && (
        <>
          All that you saved is in{' '}
          <a className="text-link" href={paths.mySaved()}>
            one list
          </a>
          , which nobody else sees.
        </>
      )}
      {kind === 'thanks' && !may && !own && 'Thanks come from those who asked or requested it.'}
    </PressPage>
  )
}
