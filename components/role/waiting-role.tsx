import { RoleLine } from '#components/role/role-line.tsx'
import { Form, Submit, TextField } from '#components/ui/form.tsx'
import { Age } from '#components/ui/time.tsx'
import { linkText } from '#domain/member/rules.ts'
import { acceptRoleAction, refuseRoleAction } from '#domain/role/actions.ts'
import type { WaitingRole } from '#domain/role/queries.ts'
import { paths } from '#lib/paths.ts'

type Props = { waiting: WaitingRole; community: string; own: boolean; now: Date }

/** A role that waits for whoever keeps the community, with what is to prove it. */
export function WaitingRoleRow({ waiting: { id, member, role, how, proof, appliedAt }, community, own, now }: Props) {
  const here = (part: string) => `${paths.applications(community)}#${part}-${id}`
  const { name, handle, mentorSince } = member
  return (
    <li className="grid gap-4 py-7">
      <div>
        <h3 className="text-lg leading-snug">
          <a className="text-link font-semibold" href={mentorSince ? paths.mentor(handle) : paths.member(handle)}>
            {name}
          </a>
        </h3>
        <p className="mt-1">
          <RoleLine of={role} />
        </p>
        <p className="mt-2 break-words">
          {how === 'link' ? (
            <>
              Shown by{' '}
              <a className="text-link" href={proof} rel="nofollow ugc noopener noreferrer">
                {linkText(proof)}
              </a>
            </>
          ) : (
            <>
              Has a work e-mail address at <strong>{proof}</strong>. Is that the company’s?
            </>
          )}
        </p>
        <p className="mt-2 text-[0.95rem] text-soft">
          Asked <Age at={appliedAt} now={now} />
        </p>
      </div>
      {own ? (
        <p className="text-soft">It is yours: somebody else decides.</p>
      ) : (
        <>
          <Form action={acceptRoleAction} permalink={here('accept')}>
            <input type="hidden" name="application" value={id} />
            <Submit>
              It is so<span className="sr-only">: {name}</span>
            </Submit>
          </Form>
          <Form action={refuseRoleAction} permalink={here('refuse')} className="grid grid-cols-1 justify-items-start gap-4">
            <input type="hidden" name="application" value={id} />
            <TextField
              id={`reason-${id}`}
              name="reason"
              label="Or not: why?"
              hint={`${name} reads it, and can ask again with something else.`}
              rows={2}
              maxLength={1_000}
            />
            <Submit quiet>
              Do not accept it<span className="sr-only">: {name}</span>
            </Submit>
          </Form>
        </>
      )}
    </li>
  )
}
