import { expect, test, vi } from 'vitest'
import { pageMetadata } from './page-metadata.ts'

vi.mock('#domain/site/queries.ts', () => ({ getSite: async () => ({ name: 'Nest', pages: [] }) }))
vi.mock('#lib/env.ts', () => ({ env: () => ({ SITE_URL: 'https://perch.example' }) }))

const page = { title: 'Ada Osei', description: 'Head  of\nPlatform.', path: '/mentors/ada-osei' }

test('every address is absolute', async () => {
  const metadata = await pageMetadata({
    ...page,
    picture: { kind: 'mentors', slug: 'ada-osei', alt: 'Ada Osei, Northwind Head of Platform' },
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

test('a picture has a new address when its words change', async () => {
  const address = async (alt: string) =>
    JSON.stringify((await pageMetadata({ ...page, picture: { kind: 'mentors', slug: 'ada-osei', alt } })).openGraph?.images)
  expect(await address('Ada')).not.toBe(await address('Ada Osei'))
})
