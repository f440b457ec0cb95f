import { Form, Submit } from '#components/ui/form.tsx'
import { muteFollowAction } from '#domain/follow/actions.ts'
import type { FollowRow as Follow } from '#domain/follow/queries.ts'
import { paths } from '#lib/paths.ts'

const hrefs = { mentor: paths.mentor, topic: paths.topic, question: paths.question }
const kinds = { mentor: 'Mentor', topic: 'Topic', question: 'Question' }

/** Something one follows, with what can be done about it. */
export function FollowRow({ follow, here }: { follow: Follow; here: string }) {
  const { thing, id, slug, name, within, muted } = follow
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-5">
      <div className="min-w-0 flex-1 basis-64">
        <h2 className="font-semibold leading-snug">
          <a className="quiet-link" href={hrefs[thing](slug)}>
            {name}
          </a>
        </h2>
        <p className="text-sm text-soft">{[kinds[thing], within, muted && 'muted'].filter(Boolean).join(' · ')}</p>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Form action={muteFollowAction} permalink={`${here}#${thing}-${id}`} className="contents">
          <input type="hidden" name="thing" value={thing} />
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="mute" value={muted ? 'off' : 'on'} />
          <Submit quiet>
            {muted ? 'Unmute' : 'Mute'}
            <span className="sr-only">: {name}</span>
          </Submit>
        </Form>
        <form method="post" action={paths.follows(thing, slug)}>
          <input type="hidden" name="press" value="off" />
          <button type="submit" className="button button-quiet">
            Unfollow<span className="sr-only">: {name}</span>
          </button>
        </form>
      </div>
    </li>
  )
}
