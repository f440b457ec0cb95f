'use server'

import { acceptRole, addRole, changeRole, checkByLink, checkByMail, proveWorkMail, refuseRole, removeRole } from '#domain/role/commands.ts'
import {
  AcceptRole,
  AddRole,
  applyLimits,
  ChangeRole,
  CheckByLink,
  CheckByMail,
  decideLimits,
  ProveWorkMail,
  RefuseRole,
  RemoveRole,
  roleLimits,
  workCodeLimits,
  workMailLimits,
} from '#domain/role/rules.ts'
import { action } from '#lib/action.ts'

export const addRoleAction = action(AddRole, addRole, roleLimits)
export const changeRoleAction = action(ChangeRole, changeRole, roleLimits)
export const removeRoleAction = action(RemoveRole, removeRole, roleLimits)
export const checkByMailAction = action(CheckByMail, checkByMail, workMailLimits)
export const proveWorkMailAction = action(ProveWorkMail, proveWorkMail, workCodeLimits)
export const checkByLinkAction = action(CheckByLink, checkByLink, applyLimits)
export const acceptRoleAction = action(AcceptRole, acceptRole, decideLimits)
export const refuseRoleAction = action(RefuseRole, refuseRole, decideLimits)
