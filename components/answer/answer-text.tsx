/** The sanitized HTML of an answer (lib/markdown.ts), set for reading. */
export function AnswerText({ html }: { html: string }) {
  return <div className="prose font-serif text-[1.09rem] leading-[1.62]" dangerouslySetInnerHTML={{ __html: html }} />
}
