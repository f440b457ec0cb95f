import { vi } from 'vitest'
import type { Db } from '#lib/db.ts'

/** Until another transaction waits for this one; throws after half a minute. */
export async function untilSomebodyWaits(tx: Db): Promise<void> {
  const somebodyWaits = async () => {
    const [row] = await tx.$queryRaw<{ some: boolean }[]>`
      SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))) AS some`
    return row?.some
  }
  await vi.waitUntil(somebodyWaits, { timeout: 30_000 })
}
