'use server'

import { addPasskey, removePasskey, renamePasskey, signInWithPasskey } from '#domain/passkey/commands.ts'
import { AddPasskey, changeLimits, passkeyLimits, RemovePasskey, RenamePasskey, SignInWithPasskey } from '#domain/passkey/rules.ts'
import { action } from '#lib/action.ts'

export const signInWithPasskeyAction = action(SignInWithPasskey, signInWithPasskey, passkeyLimits)
export const addPasskeyAction = action(AddPasskey, addPasskey, changeLimits)
export const renamePasskeyAction = action(RenamePasskey, renamePasskey, changeLimits)
export const removePasskeyAction = action(RemovePasskey, removePasskey, changeLimits)
