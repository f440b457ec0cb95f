import { Html } from '#components/ui/html.tsx'

/** The sanitized HTML of an answer (lib/markdown.ts), set for reading. */
export function AnswerText({ html }: { html: string }) {
  return <Html className="prose font-serif text-[1.09rem] leading-[1.62]" html={html} />
}
