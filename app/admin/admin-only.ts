import { notFound } from 'next/navigation'
import { currentViewer } from '#lib/session.ts'
import { isAdmin, type Viewer } from '#lib/viewer.ts'

/** The admin who asks. For everybody else there is no such page. */
export async function adminOrNotFound(): Promise<NonNullable<Viewer>> {
  const viewer = await currentViewer()
  return isAdmin(viewer) ? viewer : notFound()
}
