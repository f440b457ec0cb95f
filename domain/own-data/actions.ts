'use server'

import { deleteAccount } from '#domain/own-data/commands.ts'
import { DeleteAccount, deleteLimits } from '#domain/own-data/rules.ts'
import { action } from '#lib/action.ts'

export const deleteAccountAction = action(DeleteAccount, deleteAccount, deleteLimits)
