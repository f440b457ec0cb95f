import { Section } from '#components/ui/columns.tsx'
import { Form, Submit } from '#components/ui/form.tsx'
import { choosePointAction } from '#domain/answer/actions.ts'
import { paths } from '#lib/paths.ts'

type Props = { answer: { id: string; point: string | null }; slug: string; sentences: string[] }

/** Which sentence of an answer says it in short. */
export function PointForm({ answer, slug, sentences }: Props) {
  if (sentences.length < 2) return null
  return (
    <Section heading="Its point">
      <div id="point" className="grid grid-cols-1 gap-4 pt-4">
        <p>
          {answer.point === null
            ? 'Lists, feeds and link previews show how your answer begins. Choose the sentence that says it best, and they show that.'
            : 'Lists, feeds and link previews show this sentence, and it is marked in your answer.'}
        </p>
        {answer.point !== null && <p className="font-serif">{answer.point}</p>}
        <details>
          <summary className="press press-quiet w-fit cursor-pointer">
            {answer.point === null ? 'Choose a sentence' : 'Choose another sentence'}
          </summary>
          <div className="pt-4">
            <Form action={choosePointAction} permalink={`${paths.answerQuestion(slug)}#point`}>
              <input type="hidden" name="id" value={answer.id} />
              <fieldset className="grid gap-2">
                <legend className="mb-1.5 font-semibold">The sentence that says it best</legend>
                <Sentence value="" words="None: show how it begins" chosen={answer.point === null} />
                {sentences.map((sentence) => (
                  <Sentence key={sentence} value={sentence} words={sentence} chosen={sentence === answer.point} />
                ))}
              </fieldset>
              <Submit>Make it the point</Submit>
            </Form>
          </div>
        </details>
      </div>
    </Section>
  )
}

function Sentence({ value, words, chosen }: { value: string; words: string; chosen: boolean }) {
  return (
    <label className="flex min-h-11 items-start gap-3">
      <input type="radio" name="point" value={value} defaultChecked={chosen} className="mt-1 size-5 shrink-0 accent-accent" />
      <span>{words}</span>
    </label>
  )
}
