'use server'

import {
  clarifyQuestion,
  editAmaQuestion,
  editQuestion,
  letThrough,
  returnQuestion,
  sendIn,
  showName,
  withdrawQuestion,
} from '#domain/question/commands.ts'
import {
  ClarifyQuestion,
  EditAmaQuestion,
  EditQuestion,
  LetThrough,
  ownQuestionLimits,
  ReturnQuestion,
  SendIn,
  ShowName,
  WithdrawQuestion,
} from '#domain/question/rules.ts'
import { action } from '#lib/action.ts'

export const editQuestionAction = action(EditQuestion, editQuestion, ownQuestionLimits)
export const showNameAction = action(ShowName, showName, ownQuestionLimits)
export const withdrawQuestionAction = action(WithdrawQuestion, withdrawQuestion, ownQuestionLimits)
export const clarifyQuestionAction = action(ClarifyQuestion, clarifyQuestion, ownQuestionLimits)
export const letThroughAction = action(LetThrough, letThrough)
export const returnQuestionAction = action(ReturnQuestion, returnQuestion)
export const sendInAction = action(SendIn, sendIn)
export const editAmaQuestionAction = action(EditAmaQuestion, editAmaQuestion)
