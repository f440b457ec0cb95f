import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { ChangeRoleForm, LinkForm, RemoveRoleForm, WorkCodeForm, WorkMailForm } from '#components/role/role-forms.tsx'
import { RoleLine, RoleStanding } from '#components/role/role-line.tsx'
import { Section } from '#components/ui/columns.tsx'
import { Crumbs } from '#components/ui/crumbs.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { findWorkMail } from '#domain/mail-proof/queries.ts'
import { getOwnRole, listPlaces } from '#domain/role/queries.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ community?: string | string[]; done?: string | string[] }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return personalMetadata({ title: 'Your role', description: 'One of your roles.', path: paths.role((await params).id) })
}

const DONE: Record<string, string> = {
  added: 'Added. One step is left: show that it is so.',
  saved: 'Saved. Other pages show it within seconds.',
  sent: 'A code is on its way.',
  waits: 'A host or moderator of the community looks at it now, and you are told.',
}

export default async function RolePage({ params, searchParams }: Props) {
  const [viewer, { id }, { community, done }] = await Promise.all([currentViewer(), params, searchParams])
  if (!viewer) redirect(paths.signIn(paths.role(id)))
  const role = (await getOwnRole(viewer, id)) ?? notFound()
  const [sent, places] = await Promise.all([findWorkMail(viewer.memberId, id, new Date()), listPlaces()])
  const waits = role.applications.some(({ decidedAt }) => !decidedAt)
  const check = { role, places, community: typeof community === 'string' ? community : undefined }
  const said = DONE[String(done)]
  return (
    <NarrowPage heading="Your role" lead={<RoleLine of={role} />}>
      <div className="-mt-4">
        <Crumbs crumbs={[{ name: 'Your roles', href: paths.roles() }]} />
        <RoleStanding role={role} />
      </div>
      {said && (
        <p role="status" className="form-message">
          {said}
        </p>
      )}
      <div>
        {!role.checkedAt && !waits && (
          <>
            {sent && (
              <Section heading="The code">
                <div id="by-code" className="grid gap-5 pt-5">
                  <p>It went to {sent.email}, and is good for ten minutes.</p>
                  <WorkCodeForm role={role} />
                </div>
              </Section>
            )}
            <Section heading={sent ? 'Another address' : 'By a work e-mail address'}>
              <div id="by-mail" className="pt-5">
                <WorkMailForm {...check} />
              </div>
            </Section>
            <Section heading="By a page that says so">
              <div id="by-link" className="pt-5">
                <LinkForm {...check} />
              </div>
            </Section>
          </>
        )}
        <Section heading="Change it">
          <div id="change" className="grid gap-5 pt-5">
            {(role.checkedAt || waits) && (
              <p className="text-soft">
                With another company or title it is another role, and has to be checked again; so it has when you hold it again after its
                end.
              </p>
            )}
            <ChangeRoleForm role={role} />
          </div>
        </Section>
        <Section heading="Remove it">
          <div id="remove" className="grid gap-5 pt-5">
            <p className="text-soft">Answers keep the role that you held when you wrote them.</p>
            <RemoveRoleForm role={role} />
          </div>
        </Section>
      </div>
    </NarrowPage>
  )
}
