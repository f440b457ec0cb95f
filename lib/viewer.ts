/** Who asks. A visitor is null, never a made-up person. */
export type Viewer = {
  memberId: string
  handle: string
  name: string
  /** Names the files of the picture (lib/paths.ts). */
  portraitId: string | null
  sessionId: string
  /** When the person last proved in this session who it is. */
  provedAt: Date
  admin: boolean
  /** A member whose role was checked. */
  mentor: boolean
  /** Ids of communities. */
  hosts: string[]
  moderates: string[]
  /** Ids of AMAs that the person runs with the hosts of their communities: on, ahead, or over and not closed. */
  coHosts: string[]
  suspendedUntil: Date | null
} | null

/** Keeps the whole site; while suspended nobody does. */
export function isAdmin(viewer: Viewer): viewer is NonNullable<Viewer> {
  return viewer?.admin === true && viewer.suspendedUntil === null
}
