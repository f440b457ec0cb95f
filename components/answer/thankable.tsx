import { paths } from '#lib/paths.ts'

type Props = { answers: { id: string; name: string; thanked: boolean }[] }

/** The answers to what one asked or requested, with a word of thanks for each. */
export function Thankable({ answers }: Props) {
  if (!answers.length) return null
  return (
    <section className="mx-auto max-w-xl border-t border-line pt-6">
      <h2 className="font-semibold">Say thanks</h2>
      <ul className="mt-3 grid gap-3">
        {answers.map(({ id, name, thanked }) => (
          <li key={id}>
            <form method="post" action={paths.marks('thanks', id)}>
              {thanked && <input type="hidden" name="press" value="off" />}
              <button type="submit" aria-pressed={thanked} className="press">
                Thank {name}
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  )
}
