'use client'

import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import { type MouseEvent, type ReactNode, useRef, useState } from 'react'
import { useFormStatus } from 'react-dom'
import { paths } from '#lib/paths.ts'

type Props = { to: 'sign in' | 'add'; quiet?: true; children: ReactNode }

/** The button of a form whose field `credential` only the browser can fill in: asks for a passkey, then sends the form. */
export function PasskeyButton({ to, quiet, children }: Props) {
  const credential = useRef<HTMLInputElement>(null)
  const [trouble, setTrouble] = useState('')
  const [asking, setAsking] = useState(false)
  const { pending } = useFormStatus()
  const press = async (event: MouseEvent<HTMLButtonElement>) => {
    event.preventDefault()
    const { form } = event.currentTarget
    const field = credential.current
    if (asking || pending || !form || !field) return
    setTrouble('')
    // What is missing elsewhere is said before a device makes a passkey that nobody would know.
    if (!form.checkValidity()) return form.requestSubmit()
    setAsking(true)
    try {
      field.value = JSON.stringify(await ceremonies[to]())
      form.requestSubmit()
      // It is good once.
      field.value = ''
    } catch (error) {
      setTrouble(wordsOf(error))
    }
    setAsking(false)
  }
  return (
    <>
      {trouble && (
        <p role="alert" className="form-message">
          {trouble}
        </p>
      )}
      <input ref={credential} type="hidden" name="credential" />
      <button
        type="submit"
        data-needs-js=""
        onClick={press}
        aria-disabled={asking || pending || undefined}
        className={`button ${quiet ? 'button-quiet' : ''}`}
      >
        {children}
      </button>
    </>
  )
}

const ceremonies = {
  'sign in': async () => startAuthentication({ optionsJSON: await optionsFrom(paths.passkeySignIn()) }),
  add: async () => startRegistration({ optionsJSON: await optionsFrom(paths.passkeyNew()) }),
}

/** What the server said of why not; every other error is the browser's or the network's. */
class Refused extends Error {}

async function optionsFrom(path: string) {
  const answer = await fetch(path, { method: 'POST' })
  const body = await answer.json()
  if (!answer.ok) throw new Refused(body.message)
  return body
}

function wordsOf(error: unknown): string {
  if (error instanceof Refused) return error.message
  const name = error instanceof Error ? error.name : ''
  if (name === 'InvalidStateError') return 'This device has a passkey for you already.'
  // Also when there is none: browsers do not say which.
  if (name === 'NotAllowedError' || name === 'AbortError') return 'No passkey was taken, and nothing has changed.'
  return 'This browser could not do that. Try another browser, or take another way.'
}
