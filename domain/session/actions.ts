'use server'

import { endOtherSessions, endSession, signOut } from '#domain/session/commands.ts'
import { EndOtherSessions, EndSession, SignOut } from '#domain/session/rules.ts'
import { action } from '#lib/action.ts'

export const endSessionAction = action(EndSession, endSession)
export const endOtherSessionsAction = action(EndOtherSessions, endOtherSessions)
export const signOutAction = action(SignOut, signOut)
