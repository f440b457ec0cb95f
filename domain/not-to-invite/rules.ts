import { z } from 'zod'

/** What is sealed in the link by which somebody says that they do not want to be invited. */
export const NO_INVITATIONS = 'no-invitations'

/** Whose address it is, as it is kept, and the wish for which they were invited, where it was one. */
export const NoInvitationsWord = z.object({ email: z.string(), wanted: z.uuid().nullable() })
export type NoInvitationsWord = z.infer<typeof NoInvitationsWord>

/** What hosts read. */
export const NOT_TO_INVITE = 'does not want to be asked'

export const NO_SUCH_LINK = 'This link is not one of ours, or was cut off.'
