/** A request's body. Null where it is longer than so many bytes (the rest is not read) or was broken off. */
export async function bodyBytes(request: Request, maxBytes: number): Promise<Buffer | null> {
  if (Number(request.headers.get('content-length')) > maxBytes) return null
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of request.body ?? []) {
      bytes += chunk.byteLength
      if (bytes > maxBytes) return null
      chunks.push(chunk)
    }
  } catch {
    return null
  }
  return Buffer.concat(chunks)
}

/** The same as text. */
export async function bodyText(request: Request, maxBytes: number): Promise<string | null> {
  return (await bodyBytes(request, maxBytes))?.toString('utf8') ?? null
}

/** The body read as JSON; undefined where it is none, or longer than so many bytes. */
export async function bodyJson(request: Request, maxBytes: number): Promise<unknown> {
  try {
    return JSON.parse((await bodyText(request, maxBytes)) ?? '')
  } catch {
    return undefined
  }
}
