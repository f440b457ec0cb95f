import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import config, { ACROSS, NOUNS, SINKS } from '../.dependency-cruiser.js'

const root = join(import.meta.dirname, '..')

describe('The borders inside the house', () => {
  let house: ICruiseResult
  beforeAll(async () => {
    house = await cruiseFolder(root)
  }, 60_000)

  test('are looked at everywhere', () => {
    // A compiler that dependency-cruiser cannot use (TypeScript 7) makes it see files and no import, or no file at all.
    const seen = house.modules.filter(({ source }) => !/node_modules|^prisma\/client\//.test(source) && existsSync(join(root, source)))
    expect(seen.length).toBeGreaterThan(120)
    expect(house.summary.totalDependenciesCruised ?? 0).toBeGreaterThan(300)
    for (const part of ['app/', 'bin/', 'cli/', 'components/', 'domain/', 'lib/', 'pages/', 'testing/', 'server.ts']) {
      expect(
        seen.some(({ source }) => source.startsWith(part)),
        part,
      ).toBe(true)
    }
    const typesSeen = house.modules.some(({ dependencies }) =>
      dependencies.some(({ dependencyTypes }) => dependencyTypes.includes('type-only')),
    )
    expect(typesSeen, 'imports of types').toBe(true)
  })

  test('are crossed by nobody', () => {
    expect(violationsOf(house)).toEqual([])
  })

  test('have a place for every noun', () => {
    const folders = new Set(house.modules.flatMap(({ source }) => /^domain\/([^/]+)\//.exec(source)?.[1] ?? []))
    expect([...folders].toSorted()).toEqual([...NOUNS, ...SINKS, ...ACROSS].toSorted())
  })

  test('run the way foreign keys point', () => {
    // A question knows its first answer so that lists read one row; the database keeps that, no import does.
    const backwards = foreignKeys().filter(([from, to]) => from !== 'question' || to !== 'answer')
    expect(backwards.length).toBeGreaterThan(8)
    for (const [from, to] of backwards) expect(NOUNS.indexOf(to), `${from} → ${to}`).toBeLessThanOrEqual(NOUNS.indexOf(from))
  })
})

describe('A planted violation is found:', () => {
  const folder = mkdtempSync(join(tmpdir(), 'perch-house-'))
  let found: string[]
  beforeAll(async () => {
    for (const [path, text] of Object.entries({ ...innocent, ...plantedFiles() })) plant(folder, path, text)
    found = violationsOf(await cruiseFolder(folder))
  }, 60_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each([...Object.entries(planted), ...Object.entries(plantedInPages)])('%s', (rule, [from, to]) => {
    expect(found).toContain(`${rule}: ${from} → ${to}`)
  })

  test('one for every rule', () => {
    expect(Object.keys(planted).toSorted()).toEqual((config.forbidden ?? []).map(({ name }) => name ?? '').toSorted())
  })

  test('and what is allowed is not', () => {
    expect(found.filter((violation) => Object.keys(innocent).some((path) => violation.includes(`: ${path} →`)))).toEqual([])
  })
})

/** A small house in order, each kind of permitted import in it. */
const innocent: Record<string, string> = {
  'package.json': JSON.stringify({
    type: 'module',
    imports: {
      '#components/*': './components/*',
      '#domain/*': './domain/*',
      '#lib/*': './lib/*',
      '#prisma/*': './prisma/*',
      '#testing/*': './testing/*',
    },
    dependencies: { next: '1', react: '1', zod: '1', pg: '1' },
    devDependencies: { vitest: '1' },
  }),
  ...Object.fromEntries(
    ['next', 'react', 'zod', 'pg', 'vitest', 'undeclared'].flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' })],
      [`node_modules/${name}/index.js`, 'module.exports = {}'],
    ]),
  ),
  'prisma/client/client.ts': 'export const client = 1',
  'lib/env.ts': 'export const env = 1',
  'lib/paths.ts': 'export const paths = 1',
  'lib/time.ts': "export { paths } from '#lib/paths.ts'",
  'lib/db.ts': "import '#lib/env.ts'\nexport { client } from '#prisma/client/client.ts'",
  ...Object.fromEntries(NOUNS.map((noun) => [`domain/${noun}/rules.ts`, "import 'zod'\nimport '#lib/paths.ts'"])),
  'domain/ama/queries.ts': "import '#lib/db.ts'\nimport '#domain/ama/rules.ts'\nimport '#domain/member/rules.ts'\nexport type AmaRow = 1",
  'domain/ama/commands.ts':
    "import '#lib/db.ts'\nimport '#domain/ama/rules.ts'\nimport '#domain/ama/queries.ts'\nimport '#domain/moved-slug/queries.ts'",
  'domain/ama/actions.ts': "import '#domain/ama/commands.ts'\nimport '#domain/ama/rules.ts'\nimport '#lib/env.ts'",
  'domain/ama/commands.test.ts':
    "import 'vitest'\nimport '#domain/ama/commands.ts'\nimport '#domain/answer/rules.ts'\nimport '#testing/cast.ts'\nimport '#lib/db.ts'",
  'domain/company/queries.ts': "import type { AmaRow } from '#domain/ama/queries.ts'\nexport type X = AmaRow",
  'domain/moved-slug/queries.ts': "import '#lib/db.ts'",
  'domain/feed/queries.ts': "import '#domain/ama/rules.ts'\nimport '#domain/moved-slug/queries.ts'",
  'components/ui/time.tsx': "import 'react'\nimport '#lib/time.ts'",
  'components/ama/ama-row.tsx':
    "import type { AmaRow } from '#domain/ama/queries.ts'\nimport '#domain/ama/rules.ts'\nimport '#domain/ama/actions.ts'\nimport '#components/ui/time.tsx'\nexport type X = AmaRow",
  'app/moved.ts': "import '#domain/moved-slug/queries.ts'",
  'app/amas/page.tsx':
    "import 'next'\nimport '../moved.ts'\nimport '#components/ama/ama-row.tsx'\nimport '#domain/ama/queries.ts'\nimport '#domain/feed/queries.ts'\nimport '#lib/env.ts'",
  'app/api/amas/route.ts': "import '#domain/ama/commands.ts'",
  'pages/amas.tsx':
    "import 'next'\nimport '../app/moved.ts'\nimport '#components/ama/ama-row.tsx'\nimport '#domain/ama/queries.ts'\nimport '#lib/paths.ts'",
  'bin/say.ts': 'export const say = 1',
  'bin/start.ts': "import './say.ts'\nimport 'pg'",
  'cli/bar.ts': 'export const bar = 1',
  'cli/import.ts': "import './bar.ts'\nimport '#domain/ama/commands.ts'",
  'testing/cast.ts': "import '#lib/db.ts'\nimport '#domain/ama/commands.ts'",
  'server.ts': "import 'next'\nimport '#lib/db.ts'",
  'server.test.ts': "import './server.ts'",
}

/** By rule: a file that breaks it, and what it imports for that. */
const planted: Record<string, [from: string, to: string]> = {
  'lib-knows-no-noun': ['lib/wrong-noun.ts', 'domain/ama/rules.ts'],
  'client-only-through-db': ['domain/answer/queries.ts', 'prisma/client/client.ts'],
  'rules-only-think': ['domain/import/rules.ts', 'lib/db.ts'],
  'plain-lib-stays-plain': ['lib/count.ts', 'lib/env.ts'],
  'queries-only-read': ['domain/question/queries.ts', 'domain/ama/commands.ts'],
  'commands-know-no-door': ['domain/answer/commands.ts', 'domain/ama/actions.ts'],
  'actions-are-doors': ['domain/answer/actions.ts', 'domain/ama/commands.ts'],
  'domain-knows-no-page': ['domain/answer-view/commands.ts', 'components/ui/time.tsx'],
  ...Object.fromEntries(
    NOUNS.map((noun, i) => {
      const later = NOUNS[i + 1]
      const to = later ? `domain/${later}/rules.ts` : 'domain/feed/queries.ts'
      return [`${noun}-imports-only-what-stands-before-it`, [`domain/${noun}/wrong-order.ts`, to] satisfies [string, string]]
    }),
  ),
  'sinks-import-no-noun': ['domain/moved-slug/commands.ts', 'domain/ama/rules.ts'],
  'components-get-props': ['components/ama/asks.tsx', 'domain/ama/queries.ts'],
  'components-use-plain-lib': ['components/ama/reads-env.tsx', 'lib/env.ts'],
  'ui-knows-no-noun': ['components/ui/row.tsx', 'components/ama/ama-row.tsx'],
  'pages-load-and-compose': ['app/amas/changes.ts', 'domain/ama/commands.ts'],
  'app-asks-the-domain': ['app/api/amas/own-query.ts', 'lib/db.ts'],
  'nobody-imports-pages': ['cli/page.ts', 'app/moved.ts'],
  'frameworks-stay-outside': ['lib/frame.ts', 'node_modules/next/index.js'],
  'bin-stands-alone': ['bin/reads-lib.ts', 'lib/paths.ts'],
  'programs-are-started': ['lib/starts.ts', 'server.ts'],
  'tests-stand-aside': ['domain/ama/uses-cast.ts', 'testing/cast.ts'],
  'one-alias': ['components/ama/climbs.tsx', 'components/ui/time.tsx'],
  'no-cycles': ['lib/about.ts', 'lib/round.ts'],
  'no-dead-ends': ['components/ama/at-sign.tsx', '@/lib/paths.ts'],
  'packages-are-declared': ['lib/undeclared.ts', 'node_modules/undeclared/index.js'],
  'what-serves-is-a-dependency': ['lib/borrows.ts', 'node_modules/vitest/index.js'],
}

/** Borders of app/ that are those of pages/ too. */
const plantedInPages: typeof planted = {
  'pages-load-and-compose': ['pages/changes.tsx', 'domain/ama/commands.ts'],
  'app-asks-the-domain': ['pages/own-query.tsx', 'lib/db.ts'],
  'nobody-imports-pages': ['cli/other-page.ts', 'pages/amas.tsx'],
  'components-use-plain-lib': ['components/ama/shows-page.tsx', 'pages/amas.tsx'],
  'one-alias': ['pages/climbs.tsx', 'lib/paths.ts'],
  'what-serves-is-a-dependency': ['pages/borrows.tsx', 'node_modules/vitest/index.js'],
}

/** How they write it, where it is not the # address. */
const written: Record<string, string> = {
  'lib/starts.ts': '../server.ts',
  'cli/page.ts': '../app/moved.ts',
  'cli/other-page.ts': '../pages/amas.tsx',
  'components/ama/shows-page.tsx': '../../pages/amas.tsx',
  'pages/climbs.tsx': '../lib/paths.ts',
  'components/ama/climbs.tsx': '../ui/time.tsx',
}

function plantedFiles(): Record<string, string> {
  const files = [planted, plantedInPages]
    .flatMap(Object.values<[string, string]>)
    .map(([from, to]) => [from, `import '${written[from] ?? specifierOf(to)}'`])
  return { ...Object.fromEntries(files), 'lib/round.ts': "import '#lib/about.ts'" }
}

function specifierOf(to: string): string {
  const inPackage = /^node_modules\/([^/]+)/.exec(to)?.[1]
  return inPackage ?? (to.startsWith('@') ? to : `#${to}`)
}

function plant(folder: string, path: string, text: string): void {
  mkdirSync(join(folder, dirname(path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

async function cruiseFolder(folder: string): Promise<ICruiseResult> {
  const { output } = await cruise(['.'], { ...config.options, validate: true, ruleSet: config, baseDir: folder })
  if (typeof output === 'string') throw new Error('dependency-cruiser gave a text instead of its findings')
  return output
}

function violationsOf({ summary }: ICruiseResult): string[] {
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
}

/** [noun, noun it points at] of each relation of the schema, where both have a folder. */
function foreignKeys(): [string, string][] {
  const schema = readFileSync(join(root, 'prisma/schema.prisma'), 'utf8')
  return [...schema.matchAll(/^model (\w+) \{(.*?)^\}/gms)].flatMap(([, model = '', body = '']) =>
    [...body.matchAll(/^ +\w+ +(\w+)\??.*@relation\(.*fields:/gm)]
      .map(([, target = '']): [string, string] => [kebab(model), kebab(target)])
      .filter((pair) => pair.every((noun) => NOUNS.includes(noun))),
  )
}

function kebab(model: string): string {
  return model.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase()
}
