import type { Step } from '#domain/site/rules.ts'

/** What is done and what is left, the words before the signs. */
export function Steps({ steps }: { steps: Step[] }) {
  return (
    <ul className="grid gap-4">
      {steps.map(({ name, done, how }) => (
        <li key={name}>
          <p className="font-semibold">
            {name} <span className="font-normal text-soft">· {done ? 'done' : done === false ? 'left to do' : 'yours to arrange'}</span>
          </p>
          {!done && <p className="text-soft [overflow-wrap:anywhere]">{how}</p>}
        </li>
      ))}
    </ul>
  )
}
