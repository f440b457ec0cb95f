import type { ReactNode } from 'react'

type Props = {
  /** What it is about, by kind and id: "request:0191…". */
  of: string
  /** Takes POST of a form, PUT and DELETE. */
  action: string
  /** What the answers call the state and the number. */
  answers: { pressed: string; number?: string }
  /** Said in its place to whom the thing belongs. */
  own?: string
  /** Tells it from others of its kind for whoever hears it. */
  about: string
  /** Known on personal pages; on pages for everybody components/enhance/press.ts finds out. */
  pressed?: boolean
  quiet?: boolean
  /** Not counted before the server says so: not everybody who presses changes the number. */
  steady?: boolean
  /** Not for everybody: shown by the script to those who may, and nobody else. */
  some?: boolean
  children: ReactNode
}

/**
 * A button that is pressed or not. By itself a form that presses it and leads to the small page with the state; with
 * JavaScript it stays here, pressed at once, and settles to what the server says.
 */
export function Press({ of, action, answers, own, about, pressed, quiet, steady, some, children }: Props) {
  return (
    <form
      method="post"
      action={action}
      data-press={of}
      data-pressed={answers.pressed}
      data-number={answers.number}
      data-own={own}
      data-steady={steady ? '' : undefined}
      data-no-print=""
      hidden={some}
      className="inline-flex flex-wrap items-center gap-x-3"
    >
      <button type="submit" aria-pressed={pressed} className={quiet ? 'press press-quiet' : 'press'}>
        {children}
        <span className="sr-only">: {about}</span>
      </button>
    </form>
  )
}
