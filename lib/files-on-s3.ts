import type { Bucket } from '#lib/env.ts'
import type { Keeper } from '#lib/files.ts'

/** Milliseconds for a connection, and for a whole question and its answer: somebody waits for a picture, or with a form. */
const CONNECTION = 2_000
const ANSWER = 5_000

/** Objects of a bucket at Amazon's S3, or at an `endpoint` that speaks as it does. Nobody else need be able to read them. */
export function onS3(bucket: Bucket): Keeper {
  const Bucket = bucket.name
  let made: ReturnType<typeof connect> | undefined
  const connected = () => {
    made ??= connect(bucket)
    return made
  }

  return {
    async keep(Key, Body) {
      const { client, PutObjectCommand } = await connected()
      await client.send(new PutObjectCommand({ Bucket, Key, Body }))
    },

    async read(Key) {
      const { client, GetObjectCommand } = await connected()
      const found = await client.send(new GetObjectCommand({ Bucket, Key })).catch((error: unknown) => {
        if (error instanceof Error && error.name === 'NoSuchKey') return null
        throw error
      })
      return found?.Body ? new Uint8Array(await found.Body.transformToByteArray()) : null
    },

    async remove(Key) {
      const { client, DeleteObjectCommand } = await connected()
      await client.send(new DeleteObjectCommand({ Bucket, Key }))
    },

    async list(before) {
      const { client, paginateListObjectsV2 } = await connected()
      const names: string[] = []
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket })) {
        for (const { Key, LastModified } of Contents) if (Key && LastModified && LastModified < before) names.push(Key)
      }
      return names
    },
  }
}

/** Loaded with the first file, since it takes a third of a second and 30 MB, and most sites have a disk. */
async function connect({ region, endpoint, accessKeyId, secretAccessKey }: Bucket) {
  const { S3Client, ...sdk } = await import('@aws-sdk/client-s3')
  const client = new S3Client({
    region,
    endpoint,
    // Others than Amazon have no name for each bucket.
    forcePathStyle: endpoint !== undefined,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 2,
    requestHandler: { connectionTimeout: CONNECTION, requestTimeout: ANSWER, throwOnRequestTimeout: true },
    // What not all of those others know.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  return { client, ...sdk }
}
