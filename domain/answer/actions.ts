'use server'

import {
  choosePoint,
  editAnswer,
  publishAnswer,
  publishPrepared,
  removeVersion,
  takeBackAnswer,
  takePlacementBack,
} from '#domain/answer/commands.ts'
import {
  answerLimits,
  ChoosePoint,
  EditAnswer,
  PublishAnswer,
  PublishPrepared,
  RemoveVersion,
  TakeBackAnswer,
  TakePlacementBack,
} from '#domain/answer/rules.ts'
import { action } from '#lib/action.ts'

export const publishAnswerAction = action(PublishAnswer, publishAnswer, answerLimits)
export const editAnswerAction = action(EditAnswer, editAnswer, answerLimits)
export const choosePointAction = action(ChoosePoint, choosePoint, answerLimits)
export const takeBackAnswerAction = action(TakeBackAnswer, takeBackAnswer, answerLimits)
export const takePlacementBackAction = action(TakePlacementBack, takePlacementBack, answerLimits)
export const publishPreparedAction = action(PublishPrepared, publishPrepared, answerLimits)
export const removeVersionAction = action(RemoveVersion, removeVersion, answerLimits)
