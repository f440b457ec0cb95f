import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from '@20minutes/s3rver'

export type S3Site = {
  /** What a site needs to know of it. */
  variables: Record<'S3_BUCKET' | 'S3_REGION' | 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY' | 'S3_ENDPOINT', string>
  /** What is in the bucket. */
  names: () => Promise<string[]>
  stop: () => Promise<void>
  /** Again, at the same address and with what is in it. */
  start: () => Promise<void>
  close: () => Promise<void>
}

/** A real S3 server on this machine, with an empty bucket. It checks signatures, but for those of lists. */
export async function openS3(): Promise<S3Site> {
  const directory = await mkdtemp(join(tmpdir(), 'perch-s3-'))
  const name = 'perch-pictures'
  const serve = async (port: number) => {
    const server = new S3rver({ port, address: '127.0.0.1', silent: true, directory, configureBuckets: [{ name }] })
    // It leaves out the slash behind a bucket's name when it signs for comparison.
    server.middleware.unshift((context, next) => {
      if (context.path === `/${name}/`) context.app = Object.assign(Object.create(context.app), { allowMismatchedSignatures: true })
      return next()
    })
    return { server, port: (await server.run()).port }
  }
  let { server, port } = await serve(0)
  const stop = () => server.close()
  return {
    variables: {
      S3_BUCKET: name,
      S3_REGION: 'us-east-1',
      S3_ACCESS_KEY_ID: 'S3RVER',
      S3_SECRET_ACCESS_KEY: 'S3RVER',
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
    },
    names: async () => (await readdir(join(directory, name))).flatMap((file) => /^(.*)\._S3rver_object$/.exec(file)?.[1] ?? []),
    stop,
    start: async () => {
      ;({ server, port } = await serve(port))
    },
    close: async () => {
      await stop()
      await rm(directory, { recursive: true })
    },
  }
}
