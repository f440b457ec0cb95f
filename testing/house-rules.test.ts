import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  clientFiles,
  doorsAreActions,
  type File,
  filesOf,
  namesSayWhatIsInside,
  noMachineIsNamed,
  nothingIsLeftToDo,
  nounsHaveFourFiles,
  nounsHaveHomes,
  type Rule,
  referencesLeadSomewhere,
  statementsTakeParameters,
  tablesAreWrittenAtHome,
} from './house-rules.ts'

const root = join(import.meta.dirname, '..')
const house = filesOf(root)
const schema = house.filter(({ path }) => path === 'prisma/schema.prisma')
const domain = house.filter(({ path }) => path.startsWith('domain/'))

test('The rules look at the whole project', () => {
  expect(house.length).toBeGreaterThan(150)
  expect(schema).toHaveLength(1)
})

test('The browser is sent these files and what they import', () => {
  // Each of them is there before a page can be used. Whoever adds one says why, and what it weighs.
  expect(clientFiles(house).toSorted()).toEqual([
    'app/error.tsx',
    'components/account/passkey-button.tsx',
    'components/answer/answer-field.tsx',
    'components/enhance/enhancements.tsx',
    'components/ui/form.tsx',
  ])
  expect(clientFiles([file('components/question/ask.tsx', "'use client'\n")])).toEqual(['components/question/ask.tsx'])
})

test('The linter reads variables in lib/env.ts alone, and takes no barrel', () => {
  const variable = 'export const url = process.env.SITE_URL\n'
  const found = lint([
    file('domain/ama/commands.ts', variable),
    file('components/ama/all.ts', "export * from '#components/ama/ama-row.tsx'\n"),
    file('lib/env.ts', variable),
    file('bin/supervisor/say.ts', variable),
  ])
  expect(found.toSorted()).toEqual([
    'components/ama/all.ts: lint/performance/noBarrelFile',
    'domain/ama/commands.ts: lint/style/noProcessEnv',
  ])
})

describe.each<[string, Rule, planted: [found: string, File][], allowed: File[]]>([
  [
    'Names say what is inside',
    namesSayWhatIsInside,
    [
      ['lib/utils.ts: "utils.ts"', file('lib/utils.ts')],
      ['components/helpers/age.ts: "helpers"', file('components/helpers/age.ts')],
      ['domain/ama/index.ts: "index.ts"', file('domain/ama/index.ts')],
      ['app/common/a.css: "common"', file('app/common/a.css')],
    ],
    [file('e2e/support/login.ts'), file('components/ama/ama-row.tsx')],
  ],
  [
    'A noun has four files and their tests',
    nounsHaveFourFiles,
    [
      ['domain/ama/service.ts', file('domain/ama/service.ts')],
      ['domain/ama/queries/list.ts', file('domain/ama/queries/list.ts')],
    ],
    [file('domain/ama/rules.test.ts'), file('domain/import/reading.ts')],
  ],
  [
    'Actions are doors, one line each',
    doorsAreActions,
    [
      ["app/ask/save.ts: 'use server'", file('app/ask/save.ts', "'use server'\nexport const save = action(Save, save)")],
      ["app/ask/page.tsx: 'use server'", file('app/ask/page.tsx', "async function save() {\n  'use server'\n}")],
      ["domain/ama/actions.ts: without 'use server' on its first line", file('domain/ama/actions.ts', 'export const a = action(A, b)')],
      [
        'domain/ama/actions.ts: export async function trusting(id: string) {}',
        file('domain/ama/actions.ts', "'use server'\nexport const a = action(A, b)\nexport async function trusting(id: string) {}"),
      ],
    ],
    [file('domain/ama/actions.ts', "'use server'\nexport const startAmaAction = action(StartAma, startAma)")],
  ],
  [
    'Statements take parameters',
    statementsTakeParameters,
    [
      ['domain/ama/queries.ts', file('domain/ama/queries.ts', 'db().$queryRawUnsafe(text)')],
      ['domain/ama/commands.ts', file('domain/ama/commands.ts', 'db().$executeRaw(Prisma.raw(text))')],
    ],
    [file('domain/ama/queries.ts', 'db().$queryRaw`SELECT ${id}`')],
  ],
  [
    'Every noun has a home',
    nounsHaveHomes,
    [
      ['Ledger has no home', file('prisma/schema.prisma', 'model Ledger {\n}')],
      ['domain/ledger is no model', file('domain/ledger/queries.ts')],
      ['CommunityMentor need not be said to live elsewhere', file('domain/community-mentor/rules.ts')],
    ],
    [...schema, ...domain],
  ],
  [
    'Every table is written at home',
    tablesAreWrittenAtHome,
    [
      ['domain/ama/commands.ts writes Question', file('domain/ama/commands.ts', 'await tx.question.updateMany({ data })')],
      ['lib/mend.ts writes Member', file('lib/mend.ts', 'db().$executeRaw`UPDATE "Member" SET name = ${name}`')],
      ['domain/question/commands.ts writes Answer', file('domain/question/commands.ts', 'DELETE FROM "Answer" WHERE id = 1')],
      ['cli/fill.ts writes a table that it does not name', file('cli/fill.ts', 'query(`INSERT INTO ${table} VALUES (1)`)')],
    ],
    [
      ...schema,
      file('domain/answer-view/commands.ts', 'INSERT INTO "AnswerView" … UPDATE "Answer" SET'),
      file('domain/import/merging.ts', 'INSERT INTO "Ama"'),
      file('domain/ama/commands.ts', 'await tx.amaMentor.create({ data })'),
    ],
  ],
  [
    'References lead somewhere',
    referencesLeadSomewhere,
    [
      ['docs/operations.md: docs/backup.md', file('docs/operations.md', 'See [backup](backup.md#daily).')],
      [`lib/db.ts: 999`, file('lib/db.ts', `// One pool (${'docs'}/decisions/999).`)],
    ],
    [
      file('docs/decisions/001-a.md', 'See [the tree](../../lib/db.ts) and [Node](https://nodejs.org).'),
      file('lib/db.ts', `// One pool (${'docs'}/decisions/001).`),
    ],
  ],
  [
    'Nothing is left to do',
    nothingIsLeftToDo,
    [
      ['lib/time.ts', file('lib/time.ts', `// ${'TO'}${'DO'}: zones`)],
      ['docs/operations.md', file('docs/operations.md', `${'FIX'}${'ME'}`)],
    ],
    [file('lib/time.ts', '// What is to do when the clock is wrong')],
  ],
  [
    'No machine is named',
    noMachineIsNamed,
    [
      [`cli/import.ts: ${'/'}home/ana`, file('cli/import.ts', `read('${'/'}home/ana/ama.json')`)],
      [
        'package-lock.json: "resolved": "http://packages.example/next.tgz',
        file('package-lock.json', '"resolved": "http://packages.example/next.tgz"'),
      ],
    ],
    [file('package-lock.json', '"resolved": "https://registry.npmjs.org/next.tgz"'), file('a.ts', "import('#lib/home/a')")],
  ],
])('%s', (_sentence, rule, planted, allowed) => {
  test('in the house', () => expect(rule(house)).toEqual([]))
  test.each(planted)('and else "%s" is found', (found, plantedFile) => expect(rule([plantedFile, ...schema, ...domain])).toContain(found))
  test('and nothing is found in what is allowed', () => expect(rule(allowed)).toEqual([]))
})

function file(path: string, text = ''): File {
  return { path, text }
}

/** What Biome finds in these files with our settings: "path: rule". */
function lint(files: File[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'perch-lint-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'))
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const args = ['lint', '--vcs-enabled=false', '--reporter=github', '.']
  const { stdout } = spawnSync(join(root, 'node_modules/.bin/biome'), args, { cwd: folder, encoding: 'utf8' })
  return [...stdout.matchAll(/^::error title=([^,]+),file=(?:.*perch-lint-\w+\/)?([^,]+),/gm)].map(([, rule, path]) => `${path}: ${rule}`)
}
