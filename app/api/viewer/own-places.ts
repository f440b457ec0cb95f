import { hasInsights } from '#domain/insights/rules.ts'
import { listHosted } from '#domain/question/queries.ts'
import { isModerator } from '#domain/report/rules.ts'
import { paths } from '#lib/paths.ts'
import { isAdmin, type Viewer } from '#lib/viewer.ts'

/** Pages that are there for this person by who it is: the profile, and what mentors, hosts, moderators and admins look after. */
export async function ownPlaces(viewer: NonNullable<Viewer>): Promise<{ text: string; url: string }[]> {
  const { handle, mentor, suspendedUntil } = viewer
  const hosted = suspendedUntil === null ? await listHosted(viewer) : []
  const places: [string, string][] = [
    ['My profile', mentor ? paths.mentor(handle) : paths.member(handle)],
    ['Change my profile', paths.settingsProfile()],
    ['My roles', paths.roles()],
    ...(hasInsights(viewer) ? MENTORING : []),
    ...hosted.flatMap(({ slug, name }): [string, string][] => [
      [`Host ${name}`, paths.hosting(slug)],
      [`Questions to check in ${name}`, paths.checking(slug)],
      [`Roles to check in ${name}`, paths.applications(slug)],
      [`New AMA in ${name}`, paths.newAma(slug)],
    ]),
    ...(isModerator(viewer) ? MODERATION : []),
    ...(isAdmin(viewer) ? ADMINISTRATION : []),
  ]
  return places.map(([text, url]) => ({ text, url }))
}

const MENTORING: [string, string][] = [['My numbers', paths.insights()]]

const MODERATION: [string, string][] = [
  ['Moderation', paths.moderation()],
  ['Decisions of moderators', paths.moderationActs()],
]

const ADMINISTRATION: [string, string][] = [
  ['Administration', paths.admin()],
  ['Communities and topics to look after', paths.adminCommunities()],
  ['Who came in and what was changed', paths.adminLog()],
]
