'use server'

import {
  askForCode,
  askForReset,
  changeEmail,
  changePassword,
  confirmEmail,
  proveByCode,
  proveByLink,
  resetPassword,
  signInWithPassword,
  signUp,
} from '#domain/account/commands.ts'
import {
  AskForCode,
  AskForReset,
  ChangeEmail,
  ChangePassword,
  ConfirmEmail,
  changeLimits,
  mailLimits,
  ProveByCode,
  ProveByLink,
  passwordLimits,
  proofLimits,
  ResetPassword,
  SignInWithPassword,
  SignUp,
  signUpLimits,
} from '#domain/account/rules.ts'
import { action } from '#lib/action.ts'

export const askForCodeAction = action(AskForCode, askForCode, mailLimits)
export const proveByCodeAction = action(ProveByCode, proveByCode, proofLimits)
export const proveByLinkAction = action(ProveByLink, proveByLink, proofLimits)
export const signUpAction = action(SignUp, signUp, signUpLimits)
export const signInWithPasswordAction = action(SignInWithPassword, signInWithPassword, passwordLimits)
export const askForResetAction = action(AskForReset, askForReset, mailLimits)
export const resetPasswordAction = action(ResetPassword, resetPassword, proofLimits)
export const changePasswordAction = action(ChangePassword, changePassword, changeLimits)
export const changeEmailAction = action(ChangeEmail, changeEmail, [...changeLimits, ...mailLimits])
export const confirmEmailAction = action(ConfirmEmail, confirmEmail, proofLimits)
