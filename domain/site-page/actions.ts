'use server'

import { writePage } from '#domain/site-page/commands.ts'
import { WritePage } from '#domain/site-page/rules.ts'
import { action } from '#lib/action.ts'

export const writePageAction = action(WritePage, writePage)
