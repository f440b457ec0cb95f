import { z } from 'zod'

const Word = z.string().min(1).optional()

const Variables = z.object({
  /** PostgreSQL 15 to 18. bin/run sets it to the embedded server when it is not given. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** `local` is set by bin/start, `test` by bin/test; without it this is production and secrets must be given. */
  PERCH_MODE: z.enum(['local', 'test', 'production']).default('production'),
  /** Where the site is reached from outside; every absolute URL starts with it. No trailing slash. */
  SITE_URL: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  /** At least 32 characters; keys of readers' hashes and signatures are derived from it. */
  PERCH_SECRET: z.string().min(32),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  /** Connections that one process holds, and half as many more that only read. */
  DATABASE_POOL: z.coerce.number().int().min(1).max(100).default(10),
  /** `1` while developing: pages are compiled when asked for, and nothing is kept. Set by bin/dev. */
  PERCH_DEV: z.stringbool().default(false),
  /** Where the site was built. bin/test builds beside a running bin/start. */
  PERCH_DIST_DIR: z.string().min(1).default('.next'),
  /** Memory for finished pages, in MiB. */
  PAGE_CACHE_MB: z.coerce.number().int().min(8).max(16_384).default(256),
  /** Proxies of ours in front of this process; each adds one address to X-Forwarded-For. 0: the header is not believed. */
  PROXY_HOPS: z.coerce.number().int().min(0).max(5).default(0),
  /** The server that takes our mails: smtp://user:password@host:587, or smtps:// where TLS comes first. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** Who mails are from: Perch <perch@example.com>. Without it no-reply@ the site's host. */
  MAIL_FROM: z
    .string()
    .regex(/^[^\p{Cc}@]+@[^\p{Cc}\s@]+$/u, 'one address, with a name or without')
    .optional(),
  /** Where uploaded pictures lie; all processes of a site share it. */
  UPLOADS_DIR: z.string().min(1).default('.perch/uploads'),
  /** Where they lie instead: a bucket of their own at Amazon's S3, or at an endpoint that speaks as it does. */
  S3_BUCKET: Word,
  S3_REGION: Word,
  S3_ACCESS_KEY_ID: Word,
  S3_SECRET_ACCESS_KEY: Word,
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** All limits of lib/limit.ts times this: for measuring, where one machine stands for many people. */
  LIMITS_TIMES: z.coerce.number().int().min(1).max(1_000_000).default(1),
  /** As each provider gives them for SITE_URL/api/providers/NAME/callback. Both of a pair, or neither. */
  GOOGLE_CLIENT_ID: Word,
  GOOGLE_CLIENT_SECRET: Word,
  LINKEDIN_CLIENT_ID: Word,
  LINKEDIN_CLIENT_SECRET: Word,
  GITHUB_CLIENT_ID: Word,
  GITHUB_CLIENT_SECRET: Word,
  /** Any other OpenID provider, and what its button calls it. Whoever runs it can sign in as those who connected it. */
  OPENID_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OPENID_CLIENT_ID: Word,
  OPENID_CLIENT_SECRET: Word,
  OPENID_NAME: z.string().min(1).max(40).default('OpenID'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

/** All of a line or none; what stands behind is of use only with them. */
const TOGETHER = [
  { all: ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'], also: [] },
  { all: ['LINKEDIN_CLIENT_ID', 'LINKEDIN_CLIENT_SECRET'], also: [] },
  { all: ['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'], also: [] },
  { all: ['OPENID_ISSUER', 'OPENID_CLIENT_ID', 'OPENID_CLIENT_SECRET'], also: [] },
  { all: ['S3_BUCKET', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'], also: ['S3_ENDPOINT'] },
] as const

const Env = Variables.superRefine((env, context) => {
  for (const { all, also } of TOGETHER) {
    const given = [...all, ...also].find((name) => env[name])
    if (!given) continue
    for (const name of all) if (!env[name]) context.addIssue({ code: 'custom', path: [name], message: `is missing beside ${given}` })
  }
  // What anybody on the way could change says who somebody is.
  if (env.OPENID_ISSUER && !/^https:|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(env.OPENID_ISSUER))
    context.addIssue({ code: 'custom', path: ['OPENID_ISSUER'], message: 'begins with https:, except on this machine' })
}).refine((env) => env.SMTP_URL || env.PERCH_MODE !== 'production', {
  path: ['SMTP_URL'],
  message: 'nobody could sign in without mail; give the server that takes it, as smtp://user:password@host:587',
  // Said together with whatever else is missing.
  when: () => true,
})

export type Env = z.infer<typeof Env>

/** Where uploaded files lie when not on a disk. Without an endpoint it is Amazon's. */
export type Bucket = { name: string; region: string; accessKeyId: string; secretAccessKey: string; endpoint: string | undefined }

let parsed: Env | undefined

/**
 * The environment, parsed on first use, so that a build needs none of it.
 * Throws an Error that names each variable that is missing or wrong, and no value.
 */
export function env(): Env {
  parsed ??= parse(process.env)
  return parsed
}

/** Null where uploaded files lie on a disk. */
export function bucket(): Bucket | null {
  const { S3_BUCKET: name, S3_REGION: region, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey, S3_ENDPOINT } = env()
  if (!name || !region || !accessKeyId || !secretAccessKey) return null
  return { name, region, accessKeyId, secretAccessKey, endpoint: S3_ENDPOINT }
}

/** React and Next choose between their two builds by NODE_ENV when they are loaded. To be called before that. */
export function chooseBuild(dev: boolean): void {
  Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production' })
}

/**
 * After an action that leads on, Next asks itself for the next page, at SITE_URL unless it is told otherwise. From inside
 * that may be reached by a detour through proxies, or not at all. To be called when the port is known.
 */
export function letNextAskItself(port: number): void {
  Object.assign(process.env, { __NEXT_PRIVATE_ORIGIN: `http://${localHost(env().HOST)}:${port}` })
}

function localHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}

function parse(source: NodeJS.ProcessEnv): Env {
  const result = Env.safeParse(source)
  if (result.success) return result.data
  const wrong = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`The environment is not complete. ${wrong.join('; ')}`)
}
