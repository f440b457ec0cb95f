import type { Local } from '#domain/local-word/rules.ts'

/** What words mean in this AMA, above its questions. */
export function LocalWords({ ama, words }: { ama: { id: string }; words: Local[] }) {
  return (
    <div data-live-part="words" className="empty:hidden">
      {words.length > 0 && (
        <section aria-labelledby={`words-${ama.id}`} className="mt-6 rounded-lg border border-line px-5 py-4 text-[0.95rem]">
          <h2 id={`words-${ama.id}`} className="font-semibold">
            Words used here
          </h2>
          <dl className="mt-2 grid gap-1">
            {words.map(({ word, means }) => (
              <div key={word}>
                <dt className="inline font-semibold">{word}</dt> <dd className="inline text-soft">means {means}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </div>
  )
}
