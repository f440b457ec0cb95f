import { paths } from '#lib/paths.ts'

/** Pictures among files; names and types are only claims, and the server looks at the bytes. */
export function picturesIn(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/'))
}

/** Keeps a picture for an answer: its address, or what went wrong in words. */
export async function upload(picture: File): Promise<{ src: string } | { wrong: string }> {
  try {
    const answer = await fetch(paths.answerImages(), {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: picture,
    })
    const body: { src?: string; message?: string } = await answer.json().catch(() => ({}))
    if (answer.ok && body.src) return { src: body.src }
    return { wrong: body.message ?? 'The picture could not be kept. It may be larger than 5 MB.' }
  } catch {
    return { wrong: 'Nobody could be reached. Try again when you are online.' }
  }
}
