import { expect, test, vi } from 'vitest'

const given = {
  DATABASE_URL: 'postgresql://perch@db.example/perch',
  SITE_URL: 'https://perch.example/',
  PERCH_SECRET: 'of tests alone, and as long as a real one',
  PERCH_MODE: 'production',
  SMTP_URL: 'smtp://perch:secret@mail.example:587',
  MAIL_FROM: 'Perch <perch@perch.example>',
}

/** The environment is read once for a process, so each reading here loads the file anew. */
async function envOf(changes: Record<string, string | undefined>) {
  vi.resetModules()
  for (const [name, value] of Object.entries({ ...given, ...changes })) vi.stubEnv(name, value)
  const { env } = await import('#lib/env.ts')
  try {
    return env()
  } finally {
    vi.unstubAllEnvs()
  }
}

test('A site in production with all of it starts, and its address has no slash at the end', async () => {
  expect(await envOf({})).toMatchObject({ SITE_URL: 'https://perch.example', PORT: 3000, SMTP_URL: given.SMTP_URL })
})

test('Production does not start without a mail server, and says so together with what else is missing', async () => {
  await expect(envOf({ SMTP_URL: undefined })).rejects.toThrow(
    'The environment is not complete. SMTP_URL: nobody could sign in without mail; give the server that takes it, as smtp://user:password@host:587',
  )
  await expect(envOf({ SMTP_URL: undefined, PERCH_SECRET: 'short' })).rejects.toThrow(/PERCH_SECRET: .*SMTP_URL: nobody/)
  await expect(envOf({ SMTP_URL: undefined, PERCH_MODE: undefined })).rejects.toThrow('SMTP_URL: nobody')
})

test('Only on one machine alone and in tests there may be none', async () => {
  expect((await envOf({ SMTP_URL: undefined, PERCH_MODE: 'local' })).SMTP_URL).toBeUndefined()
  expect((await envOf({ SMTP_URL: undefined, PERCH_MODE: 'test' })).SMTP_URL).toBeUndefined()
})

test.each(['perch.example', 'Perch <perch@perch.example>\r\nBcc: everybody@example.com', 'a@b.example, c@d.example'])(
  'Mails are from one address: %j is none',
  async (MAIL_FROM) => {
    await expect(envOf({ MAIL_FROM })).rejects.toThrow('MAIL_FROM: one address, with a name or without')
  },
)

test('No value is in what it says, since it goes into the log', async () => {
  await expect(envOf({ SMTP_URL: 'http://perch:secret@mail.example', PERCH_SECRET: 'hidden' })).rejects.not.toThrow(/secret@|hidden/)
})

test('A provider is set up with both its variables, and over TLS but on this machine', async () => {
  await expect(envOf({ GOOGLE_CLIENT_ID: 'a' })).rejects.toThrow('GOOGLE_CLIENT_SECRET: is missing beside GOOGLE_CLIENT_ID')
  await expect(envOf({ GITHUB_CLIENT_SECRET: 'a' })).rejects.toThrow('GITHUB_CLIENT_ID: is missing beside GITHUB_CLIENT_SECRET')
  const openid = { OPENID_CLIENT_ID: 'a', OPENID_CLIENT_SECRET: 'b' }
  await expect(envOf(openid)).rejects.toThrow('OPENID_ISSUER: is missing')
  await expect(envOf({ ...openid, OPENID_ISSUER: 'http://id.example' })).rejects.toThrow('OPENID_ISSUER: begins with https:')
  await expect(envOf({ ...openid, OPENID_ISSUER: 'http://localhost.evil.example' })).rejects.toThrow('OPENID_ISSUER')
  for (const issuer of ['https://id.example/realm', 'http://127.0.0.1:4000', 'http://localhost']) {
    expect((await envOf({ ...openid, OPENID_ISSUER: issuer })).OPENID_ISSUER).toBe(issuer)
  }
})

test('A bucket is set up with all four of its variables, and its endpoint is none without it', async () => {
  const all = { S3_BUCKET: 'perch-pictures', S3_REGION: 'eu-north-1', S3_ACCESS_KEY_ID: 'a', S3_SECRET_ACCESS_KEY: 'b' }
  expect(await envOf(all)).toMatchObject(all)
  for (const name of Object.keys(all)) {
    const given = Object.keys(all).find((other) => other !== name)
    await expect(envOf({ ...all, [name]: undefined })).rejects.toThrow(`not complete. ${name}: is missing beside ${given}`)
  }
  await expect(envOf({ S3_ENDPOINT: 'https://s3.example' })).rejects.toThrow('S3_BUCKET: is missing beside S3_ENDPOINT')
  await expect(envOf({ ...all, S3_ENDPOINT: 's3.example' })).rejects.toThrow('S3_ENDPOINT')
})
