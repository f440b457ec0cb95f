import { expect, test } from 'vitest'
import { onDrain, runDrainTasks } from '#lib/drain.ts'

test('tasks run in order before the process ends, and one that fails is named and holds up no other', async () => {
  const done: string[] = []
  onDrain('views', async () => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    done.push('views')
  })
  onDrain('mail', () => {
    throw new Error('no route')
  })
  onDrain('listener', () => void done.push('listener'))
  const failed: string[] = []
  await runDrainTasks((name) => failed.push(name))
  expect(done).toEqual(['views', 'listener'])
  expect(failed).toEqual(['mail'])
})

test('a task registered again under its name runs once, in its newest form', async () => {
  const done: string[] = []
  onDrain('views', () => void done.push('old'))
  onDrain('views', () => void done.push('new'))
  await runDrainTasks(() => undefined)
  await runDrainTasks(() => undefined)
  expect(done).toEqual(['new'])
})
