export type DrainTask = () => void | Promise<void>

// Next bundles route handlers apart from server.ts, so the list stands where both find it.
const held = globalThis as { [key: symbol]: Map<string, DrainTask> | undefined }
const key = Symbol.for('perch.drain')

/**
 * Registers what must happen before the process ends, after the last request is answered and while the database is still
 * there: a buffer to write, a listener to stop. A second task of the same name takes the first one's place.
 */
export function onDrain(name: string, task: DrainTask): void {
  tasks().set(name, task)
}

/** Runs the registered tasks one after the other, in the order of registration. One that fails is reported and holds up no other. */
export async function runDrainTasks(failed: (name: string, error: unknown) => void): Promise<void> {
  for (const [name, task] of tasks()) {
    try {
      await task()
    } catch (error) {
      failed(name, error)
    }
  }
  tasks().clear()
}

function tasks(): Map<string, DrainTask> {
  held[key] ??= new Map()
  return held[key]
}
