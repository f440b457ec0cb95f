import { route } from '#lib/route.ts'

/** Who is signed in, for the header of pages that are the same for everybody; null where nobody is. */
export const GET = route(async ({ viewer }) => viewer && { name: viewer.name, handle: viewer.handle, portraitId: viewer.portraitId })
