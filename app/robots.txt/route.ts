import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'

export const dynamic = 'force-dynamic'

// Pages that are one person's own, or made for each question asked of them.
const notForRobots = [
  '/admin',
  '/amas/*/host',
  '/amas/*/present',
  '/amas/*/words',
  '/api/',
  '/ask',
  '/communities/*/applications',
  '/communities/*/checking',
  '/communities/*/host',
  '/following',
  '/moderation',
  '/my/',
  '/queue',
  '/questions/*/answer',
  '/questions/*/request',
  '/report',
  '/search?',
  '/settings',
  '/setup',
  '/wanted/*/host',
  '/wanted/*/invitation',
  '/wanted/*/join',
  '/wanted/new',
]

export function GET(): Response {
  const lines = [
    'User-agent: *',
    ...notForRobots.map((path) => `Disallow: ${path}`),
    '',
    `Sitemap: ${env().SITE_URL}${paths.sitemap()}`,
    '',
  ]
  return new Response(lines.join('\n'), { headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
