'use server'

import { acceptInvitation, invite, withdrawInvitation } from '#domain/invitation/commands.ts'
import { AcceptInvitation, acceptLimits, Invite, WithdrawInvitation } from '#domain/invitation/rules.ts'
import { action } from '#lib/action.ts'

export const inviteAction = action(Invite, invite)
export const withdrawInvitationAction = action(WithdrawInvitation, withdrawInvitation)
export const acceptInvitationAction = action(AcceptInvitation, acceptInvitation, acceptLimits)
