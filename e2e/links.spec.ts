import type { APIRequestContext } from '@playwright/test'
import { readHtml } from '#e2e/support/html.ts'
import { expect, test } from '#e2e/support/test.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'

const AT_ONCE = 8

/** Pages that ask visitors to sign in first, or are not there for them; care, answer, host, local-words, roles, topics and wanted.spec.ts walk them. */
const ASKS_TO_SIGN_IN =
  /^\/report$|^\/questions\/[^/]+\/answer$|^\/amas\/[^/]+\/words$|\/host$|^\/settings\/roles$|^\/following$|^\/admin\/topics\/|^\/wanted\/[^/]+\/join$/

test('every link of every page leads somewhere, and every page names itself', async ({ request }) => {
  test.slow()
  const site = env().SITE_URL
  const pages = new Map<string, Visit>()
  for (let next = [paths.home() as string]; next.length; ) {
    for (const visit of await inParallel(next, (path) => look(request, site, path))) pages.set(visit.path, visit)
    const linked = [...pages.values()].flatMap(({ links }) => links.map(({ path }) => path))
    next = [...new Set(linked)].filter((path) => !pages.has(path))
  }
  // Other tests hide, rename and delete what they have made: what was wrong is looked at once more, with what leads there.
  await expect(async () => {
    const suspects = new Set(faultsOf(pages).flatMap(({ concerns }) => concerns))
    const leading = [...pages.values()].filter(({ links }) => links.some(({ path }) => suspects.has(path)))
    const again = new Set([...suspects, ...leading.map(({ path }) => path)])
    for (const visit of await inParallel([...again], (path) => look(request, site, path))) pages.set(visit.path, visit)
    const linked = new Set([...pages.values()].flatMap(({ links }) => links.map(({ path }) => path)))
    for (const path of suspects) if (!linked.has(path)) pages.delete(path)
    expect(faultsOf(pages).map(({ fault }) => fault)).toEqual([])
  }).toPass({ timeout: 30_000 })
  // The demo content has more than a hundred questions alone.
  expect(pages.size).toBeGreaterThan(200)
})

type Visit = { path: string; ids: string[]; links: { path: string; anchor: string }[]; faults: string[] }

/** What is wrong, with the pages that it is about. */
function faultsOf(pages: Map<string, Visit>): { fault: string; concerns: string[] }[] {
  // A list that goes on stands on several pages; what stands on a later one is set in by script.
  const first = (path: string) => path.split('?after=')[0] ?? ''
  const ids = Map.groupBy(pages.values(), ({ path }) => first(path))
  const isThere = (path: string, anchor: string) => ids.get(first(path))?.some((page) => page.ids.includes(anchor))
  return [...pages.values()].flatMap(({ path: from, links, faults }) => {
    const dangling = links.filter(({ path, anchor }) => anchor && pages.has(path) && !isThere(path, anchor))
    return [
      ...faults.map((fault) => ({ fault, concerns: [from] })),
      ...dangling.map(({ path, anchor }) => ({ fault: `${from} links to ${path}#${anchor}, which is not there`, concerns: [from, path] })),
    ]
  })
}

async function look(request: APIRequestContext, site: string, path: string): Promise<Visit> {
  const response = await request.get(path)
  const nothing = { path, ids: [], links: [] }
  if (response.status() !== 200) return { ...nothing, faults: [`${path} answers ${response.status()}`] }
  if (/\.ics$/.test(path)) {
    const isCalendar = /^BEGIN:VCALENDAR\r\n/.test(await response.text())
    return { ...nothing, faults: isCalendar ? [] : [`${path} is no calendar`] }
  }
  const page = readHtml(await response.text())
  const faults = [
    page.canonical !== response.url() && `its canonical address is ${page.canonical}`,
    !response.url().startsWith(site) && `it leads to ${response.url()}`,
    page.headings.length !== 1 && `it has ${page.headings.length} main headings`,
    !page.headings[0]?.trim() && 'its main heading is empty',
    !page.title.trim() && 'it has no title',
    !page.meta.get('description') && 'it has no description',
    new Set(page.ids).size !== page.ids.length && 'an id is there twice',
  ]
  const inside = page.links.map((link) => new URL(link, site + path)).filter(({ origin }) => origin === site)
  const others = inside.filter(({ pathname }) => !ASKS_TO_SIGN_IN.test(pathname))
  const links = others.map(({ pathname, search, hash }) => ({ path: pathname + search, anchor: decodeURIComponent(hash.slice(1)) }))
  return { path, ids: page.ids, links, faults: faults.filter((fault) => fault !== false).map((fault) => `${path}: ${fault}`) }
}

async function inParallel<Item, Result>(items: Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const waiting = [...items.entries()]
  const results: Result[] = []
  const worker = async () => {
    for (let taken = waiting.shift(); taken; taken = waiting.shift()) results[taken[0]] = await work(taken[1])
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return results
}
