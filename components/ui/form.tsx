'use client'

import {
  createContext,
  type ReactNode,
  type SubmitEvent,
  startTransition,
  useActionState,
  useContext,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { FormState } from '#lib/form-state.ts'

type Action = (state: FormState, form: FormData) => Promise<FormState>

/** As in lib/action.ts: what proves who somebody is. */
const SECRETS = '[type="password"], [autocomplete="one-time-code"]'

/** What became of the form that something stands in. */
export const FormContext = createContext<{ state: FormState; pending: boolean }>({ state: null, pending: false })

type FormProps = {
  action: Action
  /**
   * This page's address with its query: where the form goes without JavaScript. Two forms of one action on a page need
   * two of them, which a fragment makes, so that an answer comes back to the right one.
   */
  permalink: string
  children: ReactNode
  className?: string
  /** Not there until it was sent: for what can no longer be done, and is refused with what was typed. */
  onceSent?: true
}

/** A form that says what became of it and keeps what was typed, with JavaScript and without. */
export function Form({ action, permalink, children, className = 'grid grid-cols-1 justify-items-start gap-6', onceSent }: FormProps) {
  const [state, submit, pending] = useActionState(action, null, permalink)
  const form = useRef<HTMLFormElement>(null)
  // React would empty a form that it sends itself, and do so when the answer may have stood there for a while: what somebody
  // had begun to put right was gone. Sent by hand the form stays as it is.
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget, event.nativeEvent.submitter)
    startTransition(() => submit(typed))
  }
  // The focus is the browser's: it goes to what is to be put right, or to the message. A secret never comes back.
  useLayoutEffect(() => {
    if (!state) return
    const all = (selector: string) => [...(form.current?.querySelectorAll<HTMLInputElement>(selector) ?? [])]
    for (const input of all(state.done ? `${SECRETS}, [type="file"]` : SECRETS)) input.value = ''
    all('[aria-invalid="true"]').concat(all('[data-form-message]'))[0]?.focus()
  }, [state])
  if (onceSent && !state) return null
  return (
    <FormContext value={{ state, pending }}>
      <form ref={form} action={submit} onSubmit={send} className={className} noValidate>
        <Message />
        {children}
      </form>
    </FormContext>
  )
}

type FieldProps = {
  name: string
  label: string
  type?: 'text' | 'email' | 'password' | 'date' | 'time' | 'number'
  /** Said below the field before anything is wrong. */
  hint?: string
  autoComplete: 'email' | 'username' | 'one-time-code' | 'current-password' | 'new-password' | 'name' | 'off'
  inputMode?: 'numeric' | 'email'
  maxLength?: number
  defaultValue?: string
  className?: string
  /** May stay empty. */
  optional?: true
  /** The id of a `<datalist>` with what can be chosen. */
  list?: string
  /** Where several forms of a page have a field of this name. */
  id?: string
}

/** A labelled field; what is wrong with it stands below it and is read with it. */
export function Field({ name, label, type = 'text', hint, defaultValue, className = '', optional, id = name, ...input }: FieldProps) {
  const { value, ...told } = useField({ id, name, hint, defaultValue })
  return (
    <Labelled id={id} name={name} label={label} hint={hint}>
      <input
        {...input}
        {...told}
        type={type}
        required={!optional}
        defaultValue={type === 'password' ? undefined : value}
        autoCapitalize={type === 'email' ? 'none' : undefined}
        spellCheck={type === 'email' ? false : undefined}
        className={`field ${className}`}
      />
    </Labelled>
  )
}

type TextProps = Pick<FieldProps, 'name' | 'label' | 'hint' | 'defaultValue' | 'maxLength' | 'id'> & { rows: number }

/** A labelled field of several lines, which may stay empty. */
export function TextField({ name, label, hint, defaultValue, maxLength, rows, id = name }: TextProps) {
  const { value, ...told } = useField({ id, name, hint, defaultValue })
  const field = useTypedBefore(id)
  return (
    <Labelled id={id} name={name} label={label} hint={hint} wide>
      <textarea {...told} ref={field} rows={rows} maxLength={maxLength} defaultValue={value} className="field" />
    </Labelled>
  )
}

type ChoiceProps = Pick<FieldProps, 'name' | 'label' | 'hint' | 'defaultValue' | 'id'> & { children: ReactNode }

/** A labelled list to choose one of; its options are the children. */
export function ChoiceField({ name, label, hint, defaultValue, children, id = name }: ChoiceProps) {
  const { value, ...told } = useField({ id, name, hint, defaultValue })
  return (
    <Labelled id={id} name={name} label={label} hint={hint}>
      <select {...told} defaultValue={value} className="field">
        {children}
      </select>
    </Labelled>
  )
}

type RadioProps = Pick<FieldProps, 'name' | 'label'> & { choices: Record<string, string> }

/** One of a few things to choose, by their values; none is chosen before. */
export function RadioField({ name, label, choices }: RadioProps) {
  const { value, id: _, autoFocus, ...told } = useField({ id: name, name, hint: undefined, defaultValue: undefined })
  const focus = { autoFocus }
  const { state } = useContext(FormContext)
  const error = state?.fields?.[name]
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-semibold">{label}</legend>
      {Object.entries(choices).map(([choice, words], i) => (
        <label key={choice} className="flex min-h-11 items-start gap-3">
          <input
            {...told}
            type="radio"
            value={choice}
            defaultChecked={value === choice}
            required
            {...(i === 0 && focus)}
            className="mt-1 size-5 shrink-0 accent-accent"
          />
          <span>{words}</span>
        </label>
      ))}
      {error && (
        <p id={`${name}-error`} className="font-medium">
          <Alert /> {error}
        </p>
      )}
    </fieldset>
  )
}

type CheckProps = Pick<FieldProps, 'name' | 'hint'> & { label: ReactNode; defaultChecked: boolean }

/** Something to switch on. */
export function CheckField({ name, label, hint, defaultChecked }: CheckProps) {
  const { value: _, id: __, ...told } = useField({ id: name, name, hint, defaultValue: undefined })
  const { state } = useContext(FormContext)
  const checked = state?.values ? name in state.values : defaultChecked
  const error = state?.fields?.[name]
  return (
    <div>
      <label className="flex min-h-11 items-start gap-3">
        <input {...told} type="checkbox" defaultChecked={checked} className="mt-0.5 size-5 shrink-0 accent-accent" />
        <span className="font-semibold">{label}</span>
      </label>
      {error && (
        <p id={`${name}-error`} className="font-medium">
          <Alert /> {error}
        </p>
      )}
      {hint && (
        <p id={`${name}-hint`} className="text-sm text-soft">
          {hint}
        </p>
      )}
    </div>
  )
}

type FileProps = Pick<FieldProps, 'name' | 'label' | 'hint'> & { accept: string }

/** A labelled file to send along. */
export function FileField({ name, label, hint, accept }: FileProps) {
  const { value: _, ...told } = useField({ id: name, name, hint, defaultValue: undefined })
  return (
    <Labelled id={name} name={name} label={label} hint={hint}>
      <input {...told} type="file" required accept={accept} className="field" />
    </Labelled>
  )
}

/** What a field says of itself, and what it begins with. */
function useField({
  id,
  name,
  hint,
  defaultValue,
}: {
  id: string
  name: string
  hint: string | undefined
  defaultValue: string | undefined
}) {
  const { state } = useContext(FormContext)
  const error = state?.fields?.[name]
  const isFirstWrong = Object.keys(state?.fields ?? {})[0] === name
  const told = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return {
    id,
    name,
    value: state?.values?.[name] ?? defaultValue,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': told || undefined,
    // Only where a refused form comes back, and without JavaScript the one way there.
    autoFocus: isFirstWrong || undefined,
  } as const
}

/** Taking over the page, React sets every textarea back to its first text: what was typed before the scripts came was gone. */
function useTypedBefore(id: string) {
  const field = useRef<HTMLTextAreaElement>(null)
  const [before] = useState(() => {
    if (typeof document === 'undefined') return null
    const found = document.getElementById(id)
    if (!(found instanceof HTMLTextAreaElement)) return null
    return { element: found, value: found.value, start: found.selectionStart, end: found.selectionEnd }
  })
  useLayoutEffect(() => {
    // Another element of this id is one of the page before.
    if (!before || before.element !== field.current || before.element.value === before.value) return
    before.element.value = before.value
    before.element.setSelectionRange(before.start, before.end)
  }, [before])
  return field
}

type LabelledProps = { id: string; name: string; label: string; hint: string | undefined; wide?: true; children: ReactNode }

function Labelled({ id, name, label, hint, wide, children }: LabelledProps) {
  const { state } = useContext(FormContext)
  const error = state?.fields?.[name]
  return (
    <div className={`w-full ${wide ? '' : 'max-w-96'}`}>
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

/** `name` and `value` say which of several buttons of one form was pressed. */
type SubmitProps = { children: ReactNode; quiet?: true; className?: string; name?: string; value?: string }

/** The form's button. While the form is under way it stays where it is, and a second press does nothing. */
export function Submit({ children, quiet, className = '', name, value }: SubmitProps) {
  const { pending } = useContext(FormContext)
  return (
    <button
      type="submit"
      name={name}
      value={value}
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
