import type { Viewer } from '#lib/viewer.ts'

/** One request that changes something, as a command needs to know it. */
export type Visit = {
  viewer: Viewer
  now: Date
  /** What of the network address stays the same for a household (lib/address.ts). */
  address: string
  /** What the browser calls itself, at most 200 characters. */
  agent: string
  /** What an earlier answer asked this browser to bring along; nobody can read or forge it. */
  carried: string | null
  /** The button that a visitor pressed in this browser in the last hour, to be carried out after the sign-in; likewise. */
  waitingPress: string | null
}

/** What a browser gets to be known by. `token` leaves the process in its cookie alone. */
export type Ticket = { token: string; expiresAt: Date }

/** What a command says to whoever called it; nothing needs to be said. */
export type Outcome = {
  message?: string
  /** The path to go on to. */
  to?: string
  /** The session that this browser has from now on; null: none. */
  session?: Ticket | null
  /** What this browser is to bring along for the next hour; null: no longer. */
  carry?: string | null
  /** The button that is to be carried out after the sign-in (lib/press.ts); null: none any more. */
  waitingPress?: string | null
}
