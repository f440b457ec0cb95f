import { comeBack } from '#domain/identity/commands.ts'
import { leadOn, pathPart } from '../../lead-on.ts'

/** Where a provider sends people back to. What they bring along is good only in the browser that left, and once. */
export async function GET(request: Request): Promise<Response> {
  const { search } = new URL(request.url)
  return leadOn(pathPart(request, 3), (id, visit) => comeBack(id, search, visit))
}
