import type { APIRequestContext } from '@playwright/test'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { glass, missingPage, pageKinds } from '#e2e/support/glass.ts'
import { type PageSource, readHtml } from '#e2e/support/html.ts'
import { expect, test } from '#e2e/support/test.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'

for (const kind of ['a past AMA', 'a live AMA', 'an AMA to come', 'an answered question', 'a question that waits', 'a mentor'] as const) {
  test(`${kind} has a picture for whoever shows a link to it`, async ({ request }) => {
    const { meta } = await read(request, pageKinds[kind])
    expect(meta.get('og:title')).toBeTruthy()
    expect(meta.get('og:url')).toBe(env().SITE_URL + pageKinds[kind])
    expect(meta.get('og:image:alt')).toBeTruthy()
    const picture = await request.get(meta.get('og:image') ?? '')
    expect(picture.headers()['content-type']).toBe('image/png')
    const bytes = await picture.body()
    expect(bytes.toString('latin1', 1, 4)).toBe('PNG')
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630])
  })
}

for (const kind of ['a community', 'a topic', 'a mentor', 'a past AMA', 'an answered question'] as const) {
  test(`${kind} leads feed readers to its feed`, async ({ request }) => {
    const { feeds } = await read(request, pageKinds[kind])
    expect(feeds).toHaveLength(1)
    const feed = await request.get(feeds[0] ?? '')
    expect(feed.headers()['content-type']).toContain('application/atom+xml')
    const text = await feed.text()
    expect(XMLValidator.validate(text)).toBe(true)
    const { feed: atom } = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'entry' }).parse(text)
    expect(atom['@_xmlns']).toBe('http://www.w3.org/2005/Atom')
    expect(atom).toMatchObject({ id: expect.any(String), title: expect.anything(), updated: expect.stringMatching(/^\d{4}-.*Z$/) })
    expect(atom.entry.length).toBeGreaterThan(0)
    expect(new Set(atom.entry.map((entry: { id: string }) => entry.id)).size).toBe(atom.entry.length)
    for (const entry of atom.entry) {
      expect(entry).toMatchObject({
        id: expect.any(String),
        title: expect.anything(),
        updated: expect.any(String),
        content: expect.anything(),
      })
    }
  })
}

test('search engines are told what each page shows', async ({ request }) => {
  const site = env().SITE_URL
  const question = await read(request, pageKinds['an answered question'])
  const person = { '@type': 'Person', name: 'Mara Lind', url: site + paths.mentor(glass.mara) }
  expect(ofType(question, 'QAPage')).toMatchObject({
    '@context': 'https://schema.org',
    mainEntity: {
      '@type': 'Question',
      name: 'How do you know that a furnace is ready?',
      answerCount: 2,
      suggestedAnswer: [
        {
          '@type': 'Answer',
          text: expect.stringContaining('Listen before you look.'),
          url: expect.stringContaining('#answer-'),
          author: person,
        },
        { '@type': 'Answer' },
      ],
    },
  })
  expect(ofType(question, 'BreadcrumbList')).toMatchObject({
    itemListElement: [{ position: 1 }, { position: 2 }, { position: 3 }, { position: 4 }],
  })
  // Without an answer search engines take no QAPage.
  expect(ofType(await read(request, pageKinds['a question that waits']), 'QAPage')).toBeUndefined()

  expect(ofType(await read(request, pageKinds['a mentor']), 'ProfilePage')).toMatchObject({
    mainEntity: { ...person, jobTitle: 'Furnace Lead' },
  })
  expect(ofType(await read(request, pageKinds['an AMA to come']), 'Event')).toMatchObject({
    name: expect.stringContaining('on Furnaces'),
    startDate: expect.stringMatching(/\+05:30$/),
    endDate: expect.any(String),
    location: { '@type': 'VirtualLocation' },
    eventStatus: 'https://schema.org/EventScheduled',
  })
  const past = ofType(await read(request, pageKinds['a past AMA']), 'ItemList')
  expect(past).toMatchObject({
    itemListElement: [{ position: 1, url: site + paths.question(glass.question) }, { position: 2 }, { position: 3 }],
  })
})

test('a search, which another router makes, says of the site what other pages say', async ({ request }) => {
  const [search, other] = await Promise.all([read(request, paths.search()), read(request, paths.amas())])
  // A mark of the App Router, for itself.
  const names = (page: PageSource) => [...page.meta.keys()].filter((name) => name !== 'next-size-adjust').toSorted()
  const ofThePage = ['description', 'og:title', 'og:description', 'og:url', 'twitter:title', 'twitter:description']
  const ofTheSite = (page: PageSource) => names(page).flatMap((name) => (ofThePage.includes(name) ? [] : [[name, page.meta.get(name)]]))
  expect(names(search)).toEqual(names(other))
  expect(ofTheSite(search)).toEqual(ofTheSite(other))
  expect(search).toMatchObject({ title: 'Search · Perch', canonical: env().SITE_URL + paths.search() })
  // Whoever comes from another page has all of them.
  expect([search.icons, search.scripts, search.stylesheets]).toEqual([other.icons, other.scripts, other.stylesheets])
  expect([search.icons.length, search.scripts.length, search.stylesheets.length]).toEqual([3, 1, 1])
})

test('a page that is not there asks not to be kept in mind', async ({ request }) => {
  const { meta, title } = await read(request, missingPage)
  expect(meta.get('robots')).toContain('noindex')
  expect(title).toBe('Not here · Perch')
})

test('robots are kept from what is made for each word, and from no page that wants to be found', async ({ request }) => {
  const robots = await (await request.get(paths.robots())).text()
  const disallowed = [...robots.matchAll(/^Disallow: (.*)$/gm)].map(([, path = '']) => path)
  // A path of robots.txt is a beginning, in which * is anything.
  const begins = (path: string) => new RegExp(`^${path.replace(/[.?+]/g, '\\$&').replaceAll('*', '.*')}`)
  const forbids = (address: string) => disallowed.filter((path) => begins(path).test(address))
  expect(forbids(paths.search('pricing'))).toHaveLength(1)
  for (const address of [paths.search(), ...Object.values(pageKinds)]) {
    const { meta } = await read(request, address)
    if (meta.get('robots')?.includes('noindex')) continue
    expect(forbids(address), address).toEqual([])
  }
})

test('the sitemap leads to every part, and its parts to pages that are there', async ({ request }) => {
  const parser = new XMLParser({ isArray: (name) => name === 'sitemap' || name === 'url' })
  const robots = await (await request.get(paths.robots())).text()
  expect(robots).toContain('User-agent: *')
  const index = /^Sitemap: (.*)$/m.exec(robots)?.[1] ?? ''
  expect(index).toBe(env().SITE_URL + paths.sitemap())
  const locations = (entries: { loc: string }[]) => entries.map(({ loc }) => loc)
  // Other tests hide, rename and delete meanwhile what they have made.
  await expect(async () => {
    const parts = locations(parser.parse(await (await request.get(index)).text()).sitemapindex.sitemap)
    const urls: string[] = []
    for (const part of parts) {
      const answer = await request.get(part)
      expect(answer.status(), part).toBe(200)
      urls.push(...locations(parser.parse(await answer.text()).urlset.url))
    }
    expect(new Set(urls).size).toBe(urls.length)
    for (const kind of [
      'a community',
      'a past AMA',
      'an AMA to come',
      'an answered question',
      'a mentor',
      'a topic',
      'a company',
    ] as const) {
      expect(urls).toContain(env().SITE_URL + pageKinds[kind])
    }
    // The links of every page are followed elsewhere; a page of each part is enough here.
    for (const url of urls.filter((_, i) => i % 25 === 0)) expect((await request.get(url, { maxRedirects: 0 })).status(), url).toBe(200)
  }).toPass({ timeout: 60_000 })
})

async function read(request: APIRequestContext, path: string): Promise<PageSource> {
  return readHtml(await (await request.get(path)).text())
}

function ofType({ jsonLd }: PageSource, type: string): unknown {
  return jsonLd.find((data) => data['@type'] === type)
}
