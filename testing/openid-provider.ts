import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Provider } from 'oidc-provider'

/** What the provider says of an account of its own. */
type Claims = { email?: string; email_verified?: boolean; name?: string }

export type TestProvider = {
  issuer: string
  clientId: string
  clientSecret: string
  /** Accounts by the name that is typed on the provider's page. */
  accounts: Map<string, Claims>
  end: () => Promise<void>
}

/** A real OpenID provider on this machine, whose page asks for the name of an account and for nothing else. */
export async function startProvider(redirectUris: string[]): Promise<TestProvider> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const [clientId, clientSecret] = ['perch-in-tests', randomUUID()]
  const accounts = new Map<string, Claims>()
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const provider: Provider = new Provider(issuer, {
    clients: [
      { client_id: clientId, client_secret: clientSecret, redirect_uris: redirectUris, token_endpoint_auth_method: 'client_secret_post' },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'one' }] },
    cookies: { keys: [randomUUID()] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    // As with LinkedIn, which takes none.
    pkce: { required: () => false },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...accounts.get(sub) }) }),
    // Nobody is asked twice what the site may know.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
  })
  const rest = provider.callback()
  server.on('request', (req, res) => (req.url?.startsWith('/interaction/') ? void interact(provider, req, res) : rest(req, res)))
  const end = async () => {
    server.closeAllConnections()
    await once(server.close(), 'close')
  }
  return { issuer, clientId, clientSecret, accounts, end }
}

async function interact(provider: Provider, req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (req.method !== 'POST') return void res.setHeader('content-type', 'text/html').end(PAGE)
  const fields = new URLSearchParams(await textOf(req))
  const accountId = fields.get('account') ?? ''
  const denied = { error: 'access_denied', error_description: 'not now' }
  // Another account than a moment ago begins anew.
  await provider.interactionFinished(req, res, fields.has('no') ? denied : { login: { accountId, remember: false } })
}

const PAGE = `<!doctype html><html lang="en"><title>The provider</title><link rel="icon" href="data:,"><h1>The provider</h1>
<form method="post"><p><label>Account <input name="account"></label></p>
<p><button>Go on</button> <button name="no" value="1">Not now</button></p></form></html>`

async function textOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** Does what a person does on the provider's page, as a browser would. Answers the query that comes back to the site. */
export async function signInAt(url: string, account: string | null): Promise<string> {
  const jar = new Map<string, string>()
  const ask = async (address: string, form?: URLSearchParams): Promise<string> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(address, { method: form ? 'POST' : 'GET', body: form, headers: { cookie }, redirect: 'manual' })
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', ...value] = (line.split(';')[0] ?? '').split('=')
      jar.set(name, value.join('='))
    }
    const location = answer.headers.get('location')
    if (!location) throw new Error(`The provider answers ${answer.status}: ${await answer.text()}`)
    return new URL(location, address).href
  }
  const page = await ask(url)
  const resumed = await ask(page, new URLSearchParams(account === null ? { no: '1' } : { account }))
  const back = await ask(resumed)
  return new URL(back).search
}
