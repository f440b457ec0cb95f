import type { ReactNode } from 'react'
import { CheckedBadge } from '#components/mentor/checked-mark.tsx'
import { roleOrNothing } from '#components/mentor/mentor-row.tsx'
import { Avatar } from '#components/ui/avatar.tsx'
import { MaybeLink } from '#components/ui/maybe-link.tsx'
import { type Checked, type RoleThen, roleNow } from '#domain/member/rules.ts'
import { paths } from '#lib/paths.ts'

type Props = {
  mentor: RoleThen & { handle: string | null; name: string; portraitId: string | null; now?: RoleThen; checked?: Checked | null }
  children: ReactNode
}

/** Who answered, in the role held then, and when: "{company} {title} • 4y"; where it is another one by now: "Uber PM, now Adobe". */
export function Byline({ mentor, children }: Props) {
  const role = [roleOrNothing(mentor), mentor.now && roleNow(mentor, mentor.now)].filter(Boolean).join(', ')
  return (
    <div className="flex items-center gap-3">
      <Avatar name={mentor.name} portraitId={mentor.portraitId} />
      <div className="min-w-0 leading-snug">
        <h3 className="font-semibold">
          <MaybeLink href={mentor.handle && paths.mentor(mentor.handle)}>{mentor.name}</MaybeLink>
        </h3>
        <p className="text-[0.9rem] text-soft">
          {role} {role && mentor.checked && <CheckedBadge checked={mentor.checked} />} {role && <span aria-hidden="true">• </span>}
          {children}
        </p>
      </div>
    </div>
  )
}
