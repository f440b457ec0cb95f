'use server'

import {
  beginAuthenticator,
  confirmAuthenticator,
  hideRecoveryCodes,
  proveSecondFactor,
  removeAuthenticator,
  renewRecoveryCodes,
} from '#domain/authenticator/commands.ts'
import {
  BeginAuthenticator,
  ConfirmAuthenticator,
  changeLimits,
  HideRecoveryCodes,
  ProveSecondFactor,
  RemoveAuthenticator,
  RenewRecoveryCodes,
  secondLimits,
} from '#domain/authenticator/rules.ts'
import { action } from '#lib/action.ts'

export const proveSecondFactorAction = action(ProveSecondFactor, proveSecondFactor, secondLimits)
export const beginAuthenticatorAction = action(BeginAuthenticator, beginAuthenticator, changeLimits)
export const confirmAuthenticatorAction = action(ConfirmAuthenticator, confirmAuthenticator, changeLimits)
export const renewRecoveryCodesAction = action(RenewRecoveryCodes, renewRecoveryCodes, changeLimits)
export const hideRecoveryCodesAction = action(HideRecoveryCodes, hideRecoveryCodes)
export const removeAuthenticatorAction = action(RemoveAuthenticator, removeAuthenticator, changeLimits)
