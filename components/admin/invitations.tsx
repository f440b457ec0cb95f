import { Field, Form, Submit } from '#components/ui/form.tsx'
import { inviteAction, withdrawInvitationAction } from '#domain/invitation/actions.ts'
import type { OpenInvitation } from '#domain/invitation/queries.ts'
import { byline } from '#domain/member/rules.ts'
import { paths } from '#lib/paths.ts'
import { fullDate } from '#lib/time.ts'

type Props = { community: { id: string; slug: string; name: string }; open: OpenInvitation[]; siteUrl: string; here: string }

/** Invites mentors to a community, and shows the links that are out. */
export function Invitations({ community, open, siteUrl, here }: Props) {
  return (
    <div id={`invite-to-${community.slug}`} className="grid gap-6">
      <Form action={inviteAction} permalink={`${here}#invite-to-${community.slug}`}>
        <input type="hidden" name="community" value={community.id} />
        <input type="hidden" name="next" value={here} />
        <p className="text-soft">
          A link makes one person a mentor of {community.name}. Send it yourself to somebody whose role you know. It is good once, for two
          weeks. The role that you write here counts as checked by you.
        </p>
        <Field id={`company-${community.slug}`} name="company" label="Company" autoComplete="off" maxLength={100} optional />
        <Field id={`title-${community.slug}`} name="title" label="Title" autoComplete="off" maxLength={120} optional />
        <Submit quiet>Make an invitation link</Submit>
      </Form>
      {open.length > 0 && (
        <ul className="grid gap-6">
          {open.map(({ id, word, expiresAt, company, title }) => (
            <li key={id} id={`invitation-${id}`} className="grid gap-2">
              <label htmlFor={`link-${id}`} className="font-semibold">
                Invitation link{byline({ company, title }, '') && ` for ${byline({ company, title }, '')}`}, good until{' '}
                {fullDate(expiresAt)}
              </label>
              <input id={`link-${id}`} readOnly value={siteUrl + paths.invitation(word)} className="field" />
              <Form action={withdrawInvitationAction} permalink={`${here}#invitation-${id}`}>
                <input type="hidden" name="id" value={id} />
                <input type="hidden" name="next" value={here} />
                <Submit quiet>Take it back</Submit>
              </Form>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
