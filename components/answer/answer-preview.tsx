import { Html } from '#components/ui/html.tsx'

/** What is written as the question's page will show it: `html` is by the same renderer, in the same type. */
export function AnswerPreview({ html }: { html: string }) {
  return (
    <section aria-labelledby="preview" className="border-y border-line py-6">
      <h2 id="preview" className="text-lg font-semibold">
        Preview
      </h2>
      <Html className="prose mt-4 font-serif text-[1.09rem] leading-[1.62]" html={html} />
    </section>
  )
}
