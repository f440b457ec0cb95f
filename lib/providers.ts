import * as client from 'openid-client'
import { z } from 'zod'
import { type Env, env } from '#lib/env.ts'
import { type ProviderId, paths } from '#lib/paths.ts'

/**
 * Somebody as a provider knows them. `issuer` and `subject` together are one account there, for ever; `email` only where the
 * provider says that it has proved the address.
 */
export type Stranger = { issuer: string; subject: string; email: string | null; name: string | null }

/** What is to be brought back from the provider's page, and shows that it is the same visit. */
export type Trip = { state: string; nonce: string; verifier: string }

/** How a provider is spoken to. `pkce`, `nonce`: whether it knows them. */
export type Provider = {
  id: ProviderId
  name: string
  issuer: string
  clientId: string
  clientSecret: string
  scope: string
  pkce: boolean
  nonce: boolean
  /** For those who publish nothing that says where what is. */
  metadata?: client.ServerMetadata
  read: (config: client.Configuration, tokens: Tokens) => Promise<Omit<Stranger, 'issuer'>>
}

type Tokens = client.TokenEndpointResponse & client.TokenEndpointResponseHelpers

/** Seconds that a provider may take to answer. */
const PATIENCE = 10

/** Those for whom there are variables, in the order in which they are shown. */
export function configuredProviders(): Provider[] {
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, LINKEDIN_CLIENT_ID, LINKEDIN_CLIENT_SECRET, GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET } =
    env()
  return [
    google(GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET),
    linkedin(LINKEDIN_CLIENT_ID, LINKEDIN_CLIENT_SECRET),
    github(GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET),
    anyOpenId(env()),
  ].filter((provider) => provider !== null)
}

/** The address of the provider's page, and what to bring back from there. Rejects where the provider cannot be reached. */
export async function leaveFor(provider: Provider): Promise<{ url: string; trip: Trip }> {
  const config = await configurationOf(provider)
  const trip = { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() }
  const pkce = { code_challenge: await client.calculatePKCECodeChallenge(trip.verifier), code_challenge_method: 'S256' }
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: callbackOf(provider),
    scope: provider.scope,
    state: trip.state,
    ...(provider.nonce && { nonce: trip.nonce }),
    ...(provider.pkce && pkce),
  })
  return { url: url.href, trip }
}

/**
 * Who came back from the provider's page. `search`: the query with which they came. Rejects where it is not the answer to
 * this trip, comes from another provider, or the provider says no.
 */
export async function returnFrom(provider: Provider, search: string, trip: Trip): Promise<Stranger> {
  const config = await configurationOf(provider)
  const tokens = await client.authorizationCodeGrant(config, new URL(callbackOf(provider) + search), {
    expectedState: trip.state,
    ...(provider.nonce && { expectedNonce: trip.nonce }),
    ...(provider.pkce && { pkceCodeVerifier: trip.verifier }),
  })
  return { issuer: provider.issuer, ...(await provider.read(config, tokens)) }
}

type Given = string | undefined

function google(clientId: Given, clientSecret: Given): Provider | null {
  return openId({ id: 'google', name: 'Google', issuer: 'https://accounts.google.com', clientId, clientSecret })
}

/** LinkedIn puts no nonce into its tokens and refuses a client that has a secret and sends a verifier too. */
export function linkedin(clientId: Given, clientSecret: Given, issuer = 'https://www.linkedin.com/oauth'): Provider | null {
  return openId({ id: 'linkedin', name: 'LinkedIn', issuer, clientId, clientSecret, pkce: false, nonce: false })
}

/** Any other that the operator trusts. */
function anyOpenId({ OPENID_NAME, OPENID_ISSUER, OPENID_CLIENT_ID, OPENID_CLIENT_SECRET }: Env): Provider | null {
  const [clientId, clientSecret] = [OPENID_CLIENT_ID, OPENID_CLIENT_SECRET]
  return OPENID_ISSUER === undefined ? null : openId({ id: 'openid', name: OPENID_NAME, issuer: OPENID_ISSUER, clientId, clientSecret })
}

type OpenId = { id: ProviderId; name: string; issuer: string; clientId: Given; clientSecret: Given; pkce?: boolean; nonce?: boolean }

function openId({ clientId, clientSecret, pkce = true, nonce = true, ...provider }: OpenId): Provider | null {
  if (!clientId || !clientSecret) return null
  return { ...provider, clientId, clientSecret, pkce, nonce, scope: 'openid email profile', read: readClaims }
}

// LinkedIn writes the flag as a word at times.
const Claims = z.object({
  sub: z.string().min(1).max(255),
  email: z.string().optional(),
  email_verified: z.union([z.boolean(), z.stringbool()]).optional(),
  name: z.string().optional(),
})

async function readClaims(config: client.Configuration, tokens: Tokens): Promise<Omit<Stranger, 'issuer'>> {
  const claims = tokens.claims()
  if (!claims) throw new Error('The provider said nothing of who it is')
  const { sub, email, email_verified, name } = Claims.parse(await client.fetchUserInfo(config, tokens.access_token, claims.sub))
  return { subject: sub, email: (email_verified && email) || null, name: name ?? null }
}

/** GitHub knows OAuth and not OpenID: whose token it is and what addresses they proved is asked of its API. */
export function github(
  clientId: Given,
  clientSecret: Given,
  { site, api } = { site: 'https://github.com', api: 'https://api.github.com' },
): Provider | null {
  if (!clientId || !clientSecret) return null
  const issuer = `${site}/login/oauth`
  const metadata = { issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/access_token` }
  const read = async (config: client.Configuration, { access_token: token }: Tokens) => {
    const ask = (path: string) => client.fetchProtectedResource(config, token, new URL(api + path), 'GET', undefined, GITHUB_HEADERS)
    const [user, emails] = await Promise.all([ask('/user'), ask('/user/emails')])
    const { id, name } = GitHubUser.parse(await user.json())
    const proved = GitHubEmails.parse(await emails.json()).find(({ primary, verified }) => primary && verified)
    return { subject: String(id), email: proved?.email ?? null, name }
  }
  return {
    id: 'github',
    name: 'GitHub',
    issuer,
    clientId,
    clientSecret,
    scope: 'read:user user:email',
    pkce: true,
    nonce: false,
    metadata,
    read,
  }
}

const GITHUB_HEADERS = new Headers({ accept: 'application/vnd.github+json', 'user-agent': 'Perch' })
const GitHubUser = z.object({
  id: z.number().int().positive(),
  name: z
    .string()
    .nullish()
    .transform((name) => name ?? null),
})
const GitHubEmails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }))

const configurations = new Map<string, Promise<client.Configuration>>()

/** What a provider publishes of itself, asked once for each process. */
function configurationOf(provider: Provider): Promise<client.Configuration> {
  const key = `${provider.id} ${provider.issuer}`
  const known = configurations.get(key)
  if (known) return known
  const asked = askConfiguration(provider)
  configurations.set(key, asked)
  // It may be back a moment later.
  asked.catch(() => configurations.delete(key))
  return asked
}

async function askConfiguration({ issuer, clientId, clientSecret, metadata }: Provider): Promise<client.Configuration> {
  // lib/env.ts lets only one of this machine be without TLS.
  const plain = issuer.startsWith('http:') ? [client.allowInsecureRequests] : []
  if (!metadata) {
    return client.discovery(new URL(issuer), clientId, undefined, client.ClientSecretPost(clientSecret), {
      timeout: PATIENCE,
      execute: plain,
    })
  }
  const config = new client.Configuration(metadata, clientId, undefined, client.ClientSecretPost(clientSecret))
  config.timeout = PATIENCE
  for (const allow of plain) allow(config)
  return config
}

/** Each provider has its own, so that the answer of one cannot be taken for another's. */
function callbackOf({ id }: Provider): string {
  return env().SITE_URL + paths.providerCallback(id)
}
