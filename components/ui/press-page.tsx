import type { ReactNode } from 'react'
import { NarrowPage } from '#components/ui/narrow-page.tsx'

type Props = {
  /** What is so now. */
  heading: string
  about: { title: string; href: string }
  number?: string | null
  /** What the press of a form was refused for, as the address says it. */
  refused: string | string[] | undefined
  /** Why it was, where that is not that somebody is counted already. */
  conflict?: string
  /** What can be done; nothing for one's own. */
  button: { action: string; pressed: boolean; press: string; release?: string } | null
  children?: ReactNode
}

/** Where a button leads without JavaScript, and after a sign-in: the state, the number, and the way back. */
export function PressPage({ heading, about, number, refused, conflict, button, children }: Props) {
  return (
    <NarrowPage heading={heading} lead={children}>
      {typeof refused === 'string' && (
        <p role="alert" className="form-message">
          {(refused === 'conflict' && conflict) || REFUSED.get(refused) || 'That did not work. Try again in a moment.'}
        </p>
      )}
      <p>
        <a className="text-link font-semibold" href={about.href}>
          {about.title}
        </a>
        {number && <span className="mt-1 block text-soft">{number}</span>}
      </p>
      {button && (
        <form method="post" action={button.action}>
          {button.pressed && <input type="hidden" name="press" value="off" />}
          <button type="submit" className={button.pressed ? 'button button-quiet' : 'button'}>
            {button.pressed ? (button.release ?? 'Take it back') : button.press}
          </button>
        </form>
      )}
    </NarrowPage>
  )
}

const REFUSED = new Map([
  ['too_many', 'That was too often. Wait a minute, then try again.'],
  ['forbidden', 'Your account is suspended: until it is over, you can read here.'],
  ['conflict', 'You are counted already.'],
])
