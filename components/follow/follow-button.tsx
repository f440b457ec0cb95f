import { Press } from '#components/ui/press.tsx'
import { shownFollowers } from '#domain/follow/rules.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'

type Props = {
  thing: 'mentor' | 'topic' | 'question'
  of: { id: string; slug: string; name: string }
  /** Shown from a few on. */
  followers?: number
  quiet?: boolean
}

/** "Follow", with how many do. A mentor sees "This is you" on the own page. */
export function FollowButton({ thing, of: { id, slug, name }, followers, quiet }: Props) {
  const of = `follow-${thing}:${id}`
  const shown = shownFollowers(followers ?? 0)
  return (
    <div className="inline-flex flex-wrap items-center gap-x-4 gap-y-1">
      <Press
        of={of}
        action={paths.follows(thing, slug)}
        answers={{ pressed: 'following', number: 'followers' }}
        own="This is you"
        about={name}
        quiet={quiet}
        steady
      >
        Follow
      </Press>
      {followers !== undefined && (
        <span className="text-[0.95rem] text-soft" hidden={!shown} data-number-of={of} data-word="follower" data-count={shown}>
          <span data-words="">{count(shown, 'follower')}</span>
        </span>
      )}
    </div>
  )
}
