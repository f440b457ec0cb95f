import { Html } from '#components/ui/html.tsx'
import { Age } from '#components/ui/time.tsx'

type Props = {
  /** With where they stand, for their asker; `addedAt` also as JSON has it. */
  clarifications: { id: string; html: string; addedAt: Date | string; heldAt?: Date | null; returnReason?: string | null }[] | null
  now: Date
}

/** What the asker added below the details, each with when. */
export function Clarifications({ clarifications, now }: Props) {
  return clarifications?.map(({ id, html, addedAt, heldAt, returnReason }) => (
    <div key={id} className="mt-5 border-s-2 border-line ps-4">
      <p className="text-sm text-soft">
        Added by the asker <span aria-hidden="true">• </span>
        <Age at={new Date(addedAt)} now={now} />
        {heldAt && !returnReason && ' • Waits for a host’s check: nobody else sees it yet'}
      </p>
      {returnReason && (
        <p className="mt-1">
          A host gave it back: <q>{returnReason}</q> Change it below, and it is looked at again.
        </p>
      )}
      <Html className="prose mt-1 text-[1.05rem]" html={html} />
    </div>
  ))
}
