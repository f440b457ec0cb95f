'use client'

import { createContext, type ReactNode, useActionState, useContext, useEffect, useRef } from 'react'
import type { FormState } from '#lib/form-state.ts'

type Action = (state: FormState, form: FormData) => Promise<FormState>

const FormContext = createContext<{ state: FormState; pending: boolean }>({ state: null, pending: false })

type FormProps = {
  action: Action
  /**
   * This page's address with its query: where the form goes without JavaScript. Two forms of one action on a page need
   * two of them, which a fragment makes, so that an answer comes back to the right one.
   */
  permalink: string
  children: ReactNode
  className?: string
}

/** A form that says what became of it and keeps what was typed, with JavaScript and without. */
export function Form({ action, permalink, children, className = 'grid grid-cols-1 justify-items-start gap-6' }: FormProps) {
  const [state, submit, pending] = useActionState(action, null, permalink)
  const form = useRef<HTMLFormElement>(null)
  // The focus is the browser's: it goes to what is to be put right, or to the message.
  useEffect(() => {
    const first = (selector: string) => form.current?.querySelector<HTMLElement>(selector)
    if (state) (first('[aria-invalid="true"]') ?? first('[data-form-message]'))?.focus()
  }, [state])
  return (
    <FormContext value={{ state, pending }}>
      <form ref={form} action={submit} className={className} noValidate>
        <Message />
        {children}
      </form>
    </FormContext>
  )
}

type FieldProps = {
  name: string
  label: string
  type?: 'text' | 'email' | 'password'
  /** Said below the field before anything is wrong. */
  hint?: string
  autoComplete: 'off' | 'email' | 'username' | 'one-time-code' | 'current-password' | 'new-password' | 'name'
  inputMode?: 'numeric' | 'email'
  maxLength?: number
  defaultValue?: string
  className?: string
  /** Where several forms of a page have a field of this name. */
  id?: string
}

/** A labelled field; what is wrong with it stands below it and is read with it. */
export function Field({ name, label, type = 'text', hint, defaultValue, className = '', id = name, ...input }: FieldProps) {
  const { state } = useContext(FormContext)
  return (
    <Labelled {...{ id, name, label, hint }} width="max-w-96">
      <input
        {...input}
        {...useField(id, name, hint)}
        type={type}
        required
        defaultValue={type === 'password' ? undefined : (state?.values?.[name] ?? defaultValue)}
        autoCapitalize={type === 'email' ? 'none' : undefined}
        spellCheck={type === 'email' ? false : undefined}
        className={`field ${className}`}
      />
    </Labelled>
  )
}

type AreaProps = { name: string; label: string; hint?: string; rows: number; maxLength?: number; defaultValue?: string; id?: string }

/** A labelled field of several lines. What is wrong with it is said as at a Field. */
export function Area({ name, label, hint, defaultValue, id = name, ...area }: AreaProps) {
  const { state } = useContext(FormContext)
  return (
    <Labelled {...{ id, name, label, hint }} width="max-w-none">
      <textarea {...area} {...useField(id, name, hint)} defaultValue={state?.values?.[name] ?? defaultValue} className="field" />
    </Labelled>
  )
}

/** What makes an element the field of this name. */
function useField(id: string, name: string, hint: string | undefined) {
  const { state } = useContext(FormContext)
  const error = state?.fields?.[name]
  const isFirstWrong = Object.keys(state?.fields ?? {})[0] === name
  const told = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return {
    id,
    name,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': told || undefined,
    // Only where a refused form comes back, and without JavaScript the one way there.
    autoFocus: isFirstWrong || undefined,
  }
}

type LabelledProps = { id: string; name: string; label: string; hint: string | undefined; width: string; children: ReactNode }

function Labelled({ id, name, label, hint, width, children }: LabelledProps) {
  const { state } = useContext(FormContext)
  const error = state?.fields?.[name]
  return (
    <div className={`w-full ${width}`}>
      <label htmlFor={id} className="mb-1.5 block font-semibold">
        {label}
      </label>
      {children}
      {error && (
        <p id={`${id}-error`} className="mt-1.5 font-medium">
          <Alert /> {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="mt-1.5 text-sm text-soft">
          {hint}
        </p>
      )}
    </div>
  )
}

type SubmitProps = { children: ReactNode; quiet?: true; className?: string }

/** The form's button. While the form is under way it stays where it is, and a second press does nothing. */
export function Submit({ children, quiet, className = '' }: SubmitProps) {
  const { pending } = useContext(FormContext)
  return (
    <button
      type="submit"
      aria-disabled={pending || undefined}
      onClick={(event) => {
        if (pending) event.preventDefault()
      }}
      className={`button ${quiet ? 'button-quiet' : ''} ${className}`}
    >
      {children}
    </button>
  )
}

function Message() {
  const { state } = useContext(FormContext)
  if (!state?.message) return null
  return (
    <p role={state.done ? 'status' : 'alert'} tabIndex={-1} data-form-message="" className="form-message">
      {!state.done && <Alert />} {state.message}
    </p>
  )
}

function Alert() {
  return (
    <svg aria-hidden="true" viewBox="0 0 20 20" className="-mt-0.5 mr-0.5 inline size-[1.1em] shrink-0">
      <circle cx="10" cy="10" r="8.2" fill="none" stroke="currentColor" strokeWidth="1.8" />
      <path d="M10 5.6v5.6M10 13.6v1.2" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
  )
}
