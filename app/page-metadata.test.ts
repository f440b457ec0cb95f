import { expect, test, vi } from 'vitest'
import { pageMetadata } from './page-metadata.ts'

vi.mock('#domain/site/queries.ts', () => ({ getSite: async () => ({ name: 'Nest', pages: [] }) }))
vi.mock('#lib/env.ts', () => ({ env: () => ({ SITE_URL: 'https://perch.example' }) }))

const page = { title: 'Ada Osei', description: 'Head  of\nPlatform.', path: '/mentors/ada-osei' }

test('every address is absolute', async () => {
  const metadata = await pageMetadata({
    ...page,
    picture: { kind: 'mentors', slug: 'ada-osei', alt: 'Ada Osei, Northwind Head of Platform', portraits: [null] },
    feed: { kind: 'mentors', slug: 'ada-osei', name: 'Ada Osei' },
  })
  expect(metadata).toMatchObject({
    title: { absolute: 'Ada Osei · Nest' },
    description: 'Head of Platform.',
    alternates: {
      canonical: 'https://perch.example/mentors/ada-osei',
      types: { 'application/atom+xml': [{ url: 'https://perch.example/feeds/mentors/ada-osei', title: 'New answers by Ada Osei' }] },
    },
    openGraph: {
      siteName: 'Nest',
      url: 'https://perch.example/mentors/ada-osei',
      images: [{ url: expect.stringMatching(/^https:\/\/perch\.example\/og\/mentors\/ada-osei\?v=[\w-]{10}$/), width: 1200, height: 630 }],
    },
    twitter: { card: 'summary_large_image' },
  })
})

test('the home page has its title to itself', async () => {
  expect((await pageMetadata({ ...page, title: 'Perch: answers', path: '/' })).title).toEqual({ absolute: 'Perch: answers' })
})

test('a long description ends at a word', async () => {
  const { description } = await pageMetadata({ ...page, description: 'word '.repeat(100) })
  expect(description).toMatch(/word…$/)
  expect(description?.length).toBeLessThanOrEqual(180)
})

test('a picture has a new address when its words or its faces change', async () => {
  const version = async (alt: string, portrait: string | null) => {
    const { openGraph } = await pageMetadata({ ...page, picture: { kind: 'mentors', slug: 'ada-osei', alt, portraits: [portrait] } })
    return /\?v=[\w-]+/.exec(JSON.stringify(openGraph?.images))?.[0]
  }
  const versions = [await version('Ada', null), await version('Ada Osei', null), await version('Ada', 'one'), await version('Ada', 'other')]
  expect(new Set(versions).size).toBe(4)
  expect(await version('Ada', 'one')).toBe(versions[2])
})
