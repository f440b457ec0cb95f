'use client'

import '#components/editor/editor.css'
import { useContext, useEffect, useRef } from 'react'
import { Field, FileField, FormContext, Submit, TextField } from '#components/ui/form.tsx'

type Props = {
  label: string
  defaultValue: string
  question: string
  /** What is kept on the server and what is published, as they were when this page was made. */
  from: { version: number; window: string | null; edits: number | null }
}

/** Where an answer is written. What it does beyond a plain field is loaded here alone. */
export function AnswerField({ label, defaultValue, question, from }: Props) {
  const root = useRef<HTMLDivElement>(null)
  const { version, window, edits } = from
  // Listeners on the form, which React does not render anew while somebody types; a submit that leads back here leaves them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it goes on from is what it was at the start
  useEffect(() => {
    let stop: (() => void) | undefined
    let over = false
    void import('#components/answer/while-answering.ts').then(({ whileAnswering }) => {
      if (root.current && !over) stop = whileAnswering(root.current, question, { version, window, edits })
    })
    return () => {
      over = true
      stop?.()
    }
  }, [question])
  return (
    <div ref={root} className="grid w-full gap-3">
      <TextField
        name="body"
        label={label}
        hint="Markdown works: **bold**, - lists, > quotes, [links](https://example.org). Up to 30,000 characters."
        rows={16}
        defaultValue={defaultValue}
      />
      <div data-editor-row="" className="min-h-11" />
      <input type="hidden" name="window" defaultValue="" />
      <div data-draft="" hidden className="grid w-full gap-3" />
    </div>
  )
}

/** Puts a picture at the end of the text by the form itself; a script takes it where the cursor is instead. */
export function AddPicture() {
  const { state } = useContext(FormContext)
  const isWrong = Boolean(state?.fields?.image ?? state?.fields?.alt)
  return (
    <details data-add-image="" open={isWrong}>
      <summary className="press press-quiet w-fit cursor-pointer">Add a picture</summary>
      <div className="grid grid-cols-1 justify-items-start gap-4 pt-4">
        <FileField
          name="image"
          label="A picture"
          hint="JPEG, PNG or WebP, at most 5 MB. What the camera wrote into it, such as the place, is left out."
          accept="image/jpeg,image/png,image/webp"
        />
        <Field name="alt" label="What it shows" hint="For whoever does not see it." autoComplete="off" maxLength={200} optional />
        <Submit name="do" value="image" quiet>
          Put it at the end
        </Submit>
      </div>
    </details>
  )
}
