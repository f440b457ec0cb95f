'use server'

import { addTopics, editTopic } from '#domain/topic/commands.ts'
import { AddTopics, EditTopic } from '#domain/topic/rules.ts'
import { action } from '#lib/action.ts'

export const addTopicsAction = action(AddTopics, addTopics)
export const editTopicAction = action(EditTopic, editTopic)
