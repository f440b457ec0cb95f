import { takeOwnData } from '#domain/own-data/commands.ts'
import { log } from '#lib/log.ts'
import { paths } from '#lib/paths.ts'
import { Refusal } from '#lib/refusal.ts'
import { currentVisit } from '#lib/session.ts'

/** All of one's own data as a file. Who may not have it now is led back to the page that says why. */
export async function POST(): Promise<Response> {
  try {
    const archive = await takeOwnData(await currentVisit())
    const headers = { 'content-type': 'application/zip', 'content-disposition': 'attachment; filename="perch-my-data.zip"' }
    return new Response(archive, { headers })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    log().info({ code: error.code }, 'an archive was refused')
    return new Response(null, { status: 303, headers: { location: paths.settingsData(error.code) } })
  }
}
