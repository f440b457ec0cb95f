import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AddRoleForm } from '#components/role/role-forms.tsx'
import { RoleLine, RoleStanding } from '#components/role/role-line.tsx'
import { Section } from '#components/ui/columns.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { listOwnRoles } from '#domain/role/queries.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../page-metadata.ts'

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Your roles', description: 'What you do and did, and what was checked.', path: paths.roles() })
}

type Props = { searchParams: Promise<{ community?: string | string[]; done?: string | string[] }> }

const DONE: Record<string, string> = { removed: 'Removed.', checked: 'Checked. You are a mentor, and can answer now.' }

export default async function RolesPage({ searchParams }: Props) {
  const [viewer, { community, done }] = await Promise.all([currentViewer(), searchParams])
  const where = typeof community === 'string' ? community : undefined
  if (!viewer) redirect(paths.signIn(paths.roles({ community: where })))
  const roles = await listOwnRoles(viewer)
  const said = DONE[String(done)]
  return (
    <NarrowPage
      heading={viewer.mentor ? 'Your roles' : 'Become a mentor'}
      lead={
        viewer.mentor
          ? 'They stand on your page. Each answer keeps the role that you held when you wrote it.'
          : 'Mentors answer questions about a job that they do or did. Say which one, then show it: by a code to your work e-mail address, or by a page that says so.'
      }
    >
      {said && (
        <p role="status" className="form-message">
          {said}
        </p>
      )}
      <div>
        {roles.length > 0 && (
          <Section heading={viewer.mentor ? 'Over time' : 'What you said'}>
            <ul className="divide-y divide-line">
              {roles.map((role) => (
                <li key={role.id} className="py-4">
                  <p>
                    <RoleLine of={role} />
                  </p>
                  <RoleStanding role={role} />
                  <a className="text-link inline-flex min-h-11 items-center" href={paths.role(role.id, { community: where })}>
                    {role.checkedAt ? 'Change it' : 'Change it, or have it checked'}
                    <span className="sr-only">: {[role.company?.name ?? role.claimedCompany, role.title].filter(Boolean).join(' ')}</span>
                  </a>
                </li>
              ))}
            </ul>
          </Section>
        )}
        <Section heading={roles.length ? 'Another role' : 'Which job'}>
          <div className="pt-5">
            <AddRoleForm community={where} />
          </div>
        </Section>
      </div>
    </NarrowPage>
  )
}
