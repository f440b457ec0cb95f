/** What the keyboard does here (components/enhance/queue-keys.ts), in the browser's own dialog. */
const KEYS: [key: string, does: string][] = [
  ['j', 'Next question'],
  ['k', 'Question before'],
  ['Enter', 'Answer it'],
  ['s', 'Skip it'],
  ['d', 'Put it off'],
  ['x', 'Decline it'],
  ['h', 'Hand it over'],
  ['b', 'Ask the asker something'],
  ['p', 'Place an earlier answer'],
  ['o', 'Open its page'],
  ['u', 'Undo'],
  ['?', 'Show these keys'],
]

export function QueueKeys() {
  return (
    <>
      <button type="button" data-needs-js="" data-queue-keys="" className="text-link inline-flex min-h-11 cursor-pointer items-center">
        Keys
      </button>
      <dialog
        id="queue-keys"
        aria-labelledby="queue-keys-heading"
        className="m-auto w-[min(24rem,calc(100vw-2.5rem))] rounded-[0.6rem] border border-line bg-raised p-6 text-ink shadow-lg backdrop:bg-black/40"
      >
        <h2 id="queue-keys-heading" className="text-lg font-semibold">
          Keys
        </h2>
        <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
          {KEYS.map(([key, does]) => (
            <div key={key} className="contents">
              <dt>
                <kbd className="inline-block min-w-8 rounded border border-line px-1.5 py-0.5 text-center font-sans text-sm">{key}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <label className="mt-5 flex min-h-11 items-center gap-3">
          <input type="checkbox" data-queue-letters="" defaultChecked className="size-5 shrink-0 accent-accent" />
          Use these keys in this browser
        </label>
        <form method="dialog" className="mt-3">
          <button type="submit" className="button button-quiet">
            Close
          </button>
        </form>
      </dialog>
    </>
  )
}
