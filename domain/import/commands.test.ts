import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test, vi } from 'vitest'
import { importDocument } from '#domain/import/commands.ts'
import type { PerchDocument } from '#domain/import/rules.ts'
import { withSession } from '#lib/db-session.ts'
import { findDrift } from '#prisma/derived.ts'

// Some import the same thing four times, and a machine may be busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const now = new Date('2026-03-01T12:00:00Z')

/** A community with Ada and Ben, who hold an AMA, and Cleo, who asks. `name` keeps the tests apart. */
function town(name: string) {
  return {
    format: 'perch/1',
    communities: [{ slug: name, name: `${name} town` }],
    topics: [{ slug: `${name}-tests`, name: 'Tests', community: name, synonyms: ['trials'] }],
    people: [
      {
        handle: `${name}-ada`,
        name: 'Ada Ash',
        company: `${name} Whale 🐳`,
        title: 'Head of Tests',
        mentor: true,
        communities: [name],
        roles: [
          { company: `${name} Whale 🐳`, title: 'Head of Tests', from: '2022-03' },
          { company: `${name} Mill`, title: 'Tester', from: '2015', to: '2022-03' },
        ],
        bio: 'Breaks things.',
      },
      { handle: `${name}-ben`, name: 'Ben Birch', company: `${name} Mill`, title: 'Builder', mentor: true },
      { handle: `${name}-cleo`, name: 'Cleo Clay' },
    ],
    amas: [
      {
        slug: `${name}-ada-on-tests`,
        mentors: [`${name}-ada`, `${name}-ben`],
        topic: `${name}-tests`,
        startsAt: '2021-05-31T10:00:00',
        timeZone: 'America/Los_Angeles',
        durationMinutes: 60,
        introduction: 'Ask **anything**.',
        questions: [
          {
            title: 'What do you test first?',
            details: 'We have no tests.',
            requests: 4,
            askedBy: `${name}-cleo`,
            answers: [
              { by: `${name}-ada`, answeredAt: '2021-05-31T10:05:00-07:00', body: 'What *hurts*.', views: 10_924 },
              { by: `${name}-ben`, answeredAt: '2023-01-01T00:00:00Z', body: 'The money.', company: `${name} Bank`, title: 'Teller' },
            ],
          },
          { title: 'Who reads the reports?', answers: [{ by: `${name}-ada`, answeredAt: '2023-06-01T00:00:00Z', body: 'Nobody.' }] },
          { title: 'How long is too long?', requests: 3 },
        ],
      },
    ],
    questions: [
      { title: 'What do you test first?', community: name, topic: `${name}-tests`, key: 'first' },
      { title: '你们的团队最先测试什么东西呢？', community: name, askedAt: '2024-01-01T00:00:00Z' },
    ],
  } satisfies PerchDocument
}

type Town = ReturnType<typeof town>

test('importing a file again changes no row', async () => {
  const file = town('again')
  expect(await imports(file)).toEqual({ amas: 1, questions: 5, answers: 3, people: 3, gone: 0, written: expect.any(Number) })
  const before = await everyRow()
  expect((await imports(file, new Date('2026-04-01T12:00:00Z'))).written).toBe(0)
  expect(await everyRow()).toEqual(before)
})

test('the counters are what counting gives, after an import, the same again, and a changed one', async () => {
  const file = town('counted')
  for (const document of [file, file, changed(file)]) {
    await imports(document)
    expect(await withSession(findDrift)).toEqual([])
  }
  function changed(original: Town) {
    const copy = structuredClone(original)
    const [ama] = copy.amas
    ama?.mentors.reverse()
    ama?.questions[0]?.answers?.pop()
    ama?.questions[2] &&
      Object.assign(ama.questions[2], {
        requests: 9,
        answers: [{ by: 'counted-cleo', answeredAt: '2024-01-01T00:00:00Z', body: 'An hour.', views: 5 }],
      })
    return copy
  }
})

test('a file with an answer by nobody is refused by the command, with its place, and nothing of it is kept', async () => {
  const file = town('nobody')
  Object.assign(file.amas[0]?.questions[0]?.answers?.[1] ?? {}, { by: 'nobody-at-all' })
  const before = await everyRow()
  const { code, stderr } = await command(JSON.stringify(file))
  expect(code).toBe(1)
  expect(stderr).toContain('amas[0].questions[0].answers[1].by: no person "nobody-at-all"')
  expect(await everyRow()).toEqual(before)
})

test('the command imports a good file', async () => {
  const { code, stdout } = await command(JSON.stringify(town('good')))
  expect({ code, stdout: stdout.split('\n').at(-2) }).toEqual({
    code: 0,
    stdout: expect.stringContaining('3 people, 1 AMA, 5 questions, 3 answers.'),
  })
  expect(await column(`SELECT slug FROM "Company" WHERE slug LIKE 'good%' ORDER BY id`)).toEqual(['good-whale', 'good-mill', 'good-bank'])
})

const bad: [string, (file: Town) => unknown, string][] = [
  ['a marker of another format', (file) => ({ ...file, format: 'perch/2' }), 'format: must be "perch/1"'],
  ['a list instead of a document', () => [], 'the file: Invalid input: expected object, received array'],
  ['a misspelt key', (file) => ({ ...file, poeple: [] }), 'the file: Unrecognized key: "poeple"'],
  ['a misspelt key inside', (file) => edit(file, 'amas.0.questions.1', { anwers: [] }), 'amas[0].questions[1]: Unrecognized key: "anwers"'],
  [
    'questions that are no list',
    (file) => edit(file, 'amas.0', { questions: 'none' }),
    'amas[0].questions: Invalid input: expected array, received string',
  ],
  [
    'a title of five characters',
    (file) => edit(file, 'questions.0', { title: ' Why \n?' }),
    'questions[0].title: must have 10 characters or more',
  ],
  [
    'a body of 30,001 characters',
    (file) => edit(file, 'amas.0.questions.1.answers.0', { body: 'x'.repeat(30_001) }),
    'amas[0].questions[1].answers[0].body: Too big',
  ],
  ['an unknown zone', (file) => edit(file, 'amas.0', { timeZone: 'Mars/Olympus' }), 'amas[0].timeZone: is no time zone'],
  [
    'a time that no clock shows',
    (file) => edit(file, 'amas.0', { startsAt: '2021-03-14T02:30:00' }),
    'amas[0].startsAt: clocks in America/Los_Angeles never show 2021-03-14T02:30:00',
  ],
  [
    'a time after the year 9999',
    (file) => edit(file, 'questions.0', { askedAt: '9999-12-31T23:59:59-01:00' }),
    'questions[0].askedAt: must be in one of the years from 1 to 9999',
  ],
  [
    'a time before the year 1',
    (file) => edit(file, 'questions.0', { askedAt: '0000-05-01T10:00:00Z' }),
    'questions[0].askedAt: must be in',
  ],
  ['an AMA that ends after it', (file) => edit(file, 'amas.0', { startsAt: '9999-12-31T23:30:00', timeZone: 'UTC' }), 'amas[0].startsAt: '],
  ['a NUL character', (file) => edit(file, 'people.0', { bio: 'a\0b' }), 'people[0].bio: has a character that is none'],
  [
    'half of a character',
    (file) => edit(file, 'people.0.roles.0', { title: '\ud83d' }),
    'people[0].roles[0].title: has a character that is none',
  ],
  ['an unknown topic', (file) => edit(file, 'amas.0', { topic: 'no-topic' }), 'amas[0].topic: no topic "no-topic"'],
  [
    'an unknown community',
    (file) => edit(file, 'people.0', { communities: ['no-town'] }),
    'people[0].communities[0]: no community "no-town"',
  ],
  ['an unknown mentor', (file) => edit(file, 'amas.0', { mentors: ['bad-ada', 'no-one'] }), 'amas[0].mentors[1]: no person "no-one"'],
  ['an unknown asker', (file) => edit(file, 'questions.1', { askedBy: 'no-one' }), 'questions[1].askedBy: no person "no-one"'],
  ['a person twice', (file) => ({ ...file, people: [...file.people, file.people[0]] }), 'people[3].handle: "bad-ada" is there twice'],
  [
    'a question twice',
    (file) => edit(file, 'amas.0.questions.2', { title: 'Who reads  the reports?' }),
    'amas[0].questions[2].title: is there twice here',
  ],
  ['a key twice', (file) => edit(file, 'questions.1', { key: 'first' }), 'questions[1].key: "first" is there twice'],
  [
    'two answers by one mentor',
    (file) => edit(file, 'amas.0.questions.0.answers.1', { by: 'bad-ada' }),
    'amas[0].questions[0].answers[1].by: "bad-ada" answers twice here',
  ],
  [
    "another community's name",
    (file) => edit(file, 'communities.0', { name: 'taken town' }),
    'communities[0].name: "taken town" is the name of another community',
  ],
]

beforeAll(() => imports(town('taken')))

test.each(bad)('a file with %s is refused with its place, and nothing of it is kept', async (_, make, message) => {
  const before = await everyRow()
  expect(await refusal(JSON.stringify(make(town('bad'))))).toContain(message)
  expect(await everyRow()).toEqual(before)
})

test('what is not JSON is refused with its line', async () => {
  expect(await refusal('{\n  "format": "perch/1",\n  "people": [}\n')).toContain('is not JSON: line 3, character 14')
  expect(await refusal('{ "format": "perch/1"')).toContain('is not JSON: line 1')
  expect(await refusal('')).toContain('is not JSON')
  expect(await refusal(Buffer.from([0x7b, 0xff]))).toBe('is not UTF-8')
  expect(await refusal('['.repeat(100))).toContain('nested more than')
})

test('a list that is there twice is refused with its place, and one of each of many things is not', async () => {
  const twice = (inner: string, outer = '') => refusal(`{ "format": "perch/1", "amas": [{}, { "questions": [${inner}] }]${outer} }`)
  expect(await twice('', ', "amas": []')).toBe('amas: is there twice')
  expect(await twice('{ "answers": [], "answers": [] }')).toBe('amas[1].questions[0].answers: is there twice')
  expect(await twice('{ "answers": [] }, { "answers": [] }')).not.toContain('twice')
})

test('at most twenty of many problems are told, in the order of the file', async () => {
  const people = Array.from({ length: 50 }, (_, index) => ({ handle: `many-${index}`, name: '' }))
  const lines = (await refusal(JSON.stringify({ format: 'perch/1', people }))).split('\n')
  expect(lines).toHaveLength(20)
  expect(lines[19]).toMatch(/^people\[19\]\.name: /)
})

test('parts of a file may come in any order, and refer to what is here already', async () => {
  const file = town('order')
  await imports({ ...file, amas: [], questions: [] })
  const [ama] = file.amas
  await imports(`{ "amas": [${JSON.stringify({ questions: ama?.questions, ...ama })}], "format": "perch/1" }`)
  expect(
    await column(
      `SELECT number || ' ' || title FROM "Question" q WHERE "amaId" = (SELECT id FROM "Ama" WHERE slug = 'order-ada-on-tests') ORDER BY number`,
    ),
  ).toEqual(['1 What do you test first?', '2 Who reads the reports?', '3 How long is too long?'])
})

test('requests include the asker, who is a row where a name is given', async () => {
  await imports(town('requests'))
  const rows = `SELECT concat_ws(' ', q.title, "requestBase", "requestCount", m.handle) FROM "Question" q JOIN "Community" c ON c.id = q."communityId"
    LEFT JOIN "AnswerRequest" r ON r."questionId" = q.id LEFT JOIN "Member" m ON m.id = r."memberId" WHERE c.slug = 'requests' ORDER BY q.id`
  const expected = [
    'What do you test first? 3 4 requests-cleo',
    'Who reads the reports? 1 1',
    'How long is too long? 3 3',
    'What do you test first? 1 1',
    '你们的团队最先测试什么东西呢？ 1 1',
  ]
  expect(await column(rows)).toEqual(expected)
  // Who asked is told later: the same people, one of them with a name now.
  await imports(edit(town('requests'), 'amas.0.questions.1', { askedBy: 'requests-ben' }))
  expected[1] = 'Who reads the reports? 0 1 requests-ben'
  expect(await column(rows)).toEqual(expected)
})

test('answers and AMAs keep the role held then', async () => {
  const file = town('roles')
  await imports(file)
  const bylines = `
    SELECT concat_ws(' ', m.name, c.name, a.title) FROM "Answer" a JOIN "Member" m ON m.id = a."mentorId" LEFT JOIN "Company" c ON c.id = a."companyId"
    WHERE m.handle LIKE 'roles-%' ORDER BY a.id`
  const held = ['Ada Ash roles Mill Tester', 'Ben Birch roles Bank Teller', 'Ada Ash roles Whale 🐳 Head of Tests']
  const holders = `
    SELECT concat_ws(' ', position, m.name, c.name, am.title) FROM "AmaMentor" am JOIN "Member" m ON m.id = am."memberId" LEFT JOIN "Company" c ON c.id = am."companyId"
    WHERE m.handle LIKE 'roles-%' ORDER BY position`
  expect(await column(bylines)).toEqual(held)
  expect(await column(holders)).toEqual(['1 Ada Ash roles Mill Tester', '2 Ben Birch roles Mill Builder'])
  // Ben, of whom no history is known, has another job now.
  await imports(edit(file, 'people.1', { company: 'roles Dock', title: 'Diver' }))
  expect(await column(bylines)).toEqual(held)
  expect(await column(holders)).toEqual(['1 Ada Ash roles Mill Tester', '2 Ben Birch roles Mill Builder'])
  expect(await column(`SELECT r.title FROM "Role" r JOIN "Member" m ON m.id = r."memberId" WHERE handle = 'roles-ben'`)).toEqual(['Diver'])
})

test('who answers or is said to be one is a mentor, since the first thing done here', async () => {
  await imports(town('since'))
  const since = `SELECT concat_ws(' ', handle, to_char("mentorSince", 'YYYY-MM-DD')) FROM "Member" WHERE handle LIKE 'since-%' ORDER BY id`
  expect(await column(since)).toEqual(['since-ada 2021-05-31', 'since-ben 2021-05-31', 'since-cleo'])
})

test('a changed file changes what it says otherwise, renders that anew and leaves the rest', async () => {
  const file = town('changed')
  await imports(file)
  const html = `SELECT html FROM "Answer" a JOIN "Member" m ON m.id = a."mentorId" WHERE m.handle LIKE 'changed-%' ORDER BY a.id`
  const [first, ...others] = await column(html)
  await withSession((session) =>
    session.query(`UPDATE "Answer" SET html = 'as it was' FROM "Member" m WHERE m.id = "mentorId" AND handle LIKE 'changed-%'`),
  )
  await imports(
    edit(
      edit(edit(file, 'amas.0.questions.0.answers.0', { body: 'What *heals*.' }), 'amas.0.questions.0', { details: undefined }),
      'people.0',
      { bio: 'Mends things.' },
    ),
  )
  expect(await column(html)).toEqual([first?.replace('hurts', 'heals'), ...others.map(() => 'as it was')])
  expect(await column(`SELECT bio FROM "Member" WHERE handle = 'changed-ada'`)).toEqual(['Mends things.'])
  const details = await column(
    `SELECT coalesce(details, '-') || coalesce("detailsHtml", '-') FROM "Question" WHERE slug = 'what-do-you-test-first' OR slug LIKE 'what-do-you-test-first-%'`,
  )
  expect(details).toContain('--')
})

test('the point of an answer comes with the file, stays where a file says none, and goes with its sentence', async () => {
  const file = town('pointed')
  const points = () =>
    column(
      `SELECT coalesce(point, '-') || ' ' || excerpt FROM "Answer" JOIN "Member" m ON m.id = "mentorId" WHERE handle = 'pointed-ada' AND body LIKE '%pointed%'`,
    )
  const say = (answer: { body: string; point?: string }) => edit(file, 'amas.0.questions.0.answers.0', answer)
  const pointed = say({ body: 'First *pointed*. Then short.', point: 'Then short.' })
  await imports(pointed)
  expect((await imports(pointed)).written).toBe(0)
  expect(await points()).toEqual(['Then short. Then short.'])
  await imports(say({ body: 'As pointed. Then short.' }))
  expect(await points()).toEqual(['Then short. Then short.'])
  await imports(say({ body: 'As pointed. Long.' }))
  expect(await points()).toEqual(['- As pointed. Long.'])
})

test('questions of a later file are numbered on, and those that it leaves out stay', async () => {
  const file = town('later')
  await imports(file)
  await imports(edit(file, 'amas.0', { questions: [{ title: 'What comes after tests?' }, { title: 'How long is too long?' }] }))
  expect(
    await column(
      `SELECT number || ' ' || title FROM "Question" WHERE "amaId" = (SELECT id FROM "Ama" WHERE slug = 'later-ada-on-tests') ORDER BY number`,
    ),
  ).toEqual(['1 What do you test first?', '2 Who reads the reports?', '3 How long is too long?', '4 What comes after tests?'])
})

test('addresses are made from titles, none is used twice, and a changed title keeps the old one as a redirect', async () => {
  const community = { format: 'perch/1', communities: [{ slug: 'slugs', name: 'Slugs' }] }
  const asked = (...titles: string[]) => ({
    ...community,
    questions: titles.map((title, index) => ({ community: 'slugs', key: `${index}`, title })),
  })
  const slugs = () =>
    column(`SELECT q.slug FROM "Question" q JOIN "Community" c ON c.id = "communityId" WHERE c.slug = 'slugs' ORDER BY q.id`)
  await imports(
    asked(
      'Where do snails sleep?',
      'Where do snails sleep!',
      'Where do snails sleep 3',
      'Where do snails sleep',
      '蜗牛在哪里睡觉呢请告诉我',
    ),
  )
  const [, , , , chinese = ''] = await slugs()
  expect(await slugs()).toEqual([
    'where-do-snails-sleep',
    'where-do-snails-sleep-2',
    'where-do-snails-sleep-3',
    'where-do-snails-sleep-4',
    chinese,
  ])
  expect(chinese).toMatch(/^question-[0-9a-f]{8}$/)
  await imports(asked('When do snails wake?', 'Where do snails sleep?!'))
  expect((await slugs()).slice(0, 2)).toEqual(['when-do-snails-wake', 'where-do-snails-sleep-2'])
  expect(await column(`SELECT slug FROM "MovedSlug" WHERE slug LIKE '%snails%'`)).toEqual(['where-do-snails-sleep'])
  await imports(asked('Where do snails sleep?'))
  expect((await slugs())[0]).toBe('where-do-snails-sleep')
  await imports({
    ...community,
    questions: [
      { community: 'slugs', title: `${'Long words '.repeat(12)}?` },
      { community: 'slugs', title: 'When do snails wake?' },
    ],
  })
  expect((await slugs()).slice(-2)).toEqual([Array(8).fill('long-words').join('-'), 'when-do-snails-wake-2'])
})

test('what moved is found by the address that a file still has', async () => {
  const file = town('moved')
  await imports(file)
  await withSession((session) =>
    session.query(
      `UPDATE "Ama" SET slug = 'moved-away' WHERE slug = 'moved-ada-on-tests'; UPDATE "Member" SET handle = 'moved-off' WHERE handle = 'moved-ada'`,
    ),
  )
  const before = await everyRow()
  expect((await imports(file)).written).toBe(0)
  expect(await everyRow()).toEqual(before)
})

test('only one import runs at a time', async () => {
  await withSession(async (session) => {
    await session.query(`SELECT pg_advisory_lock(hashtext('perch import'))`)
    expect(await refusal(JSON.stringify(town('waiting')))).toBe('another import is running')
  })
})

async function imports(document: unknown, at = now) {
  const bytes = Buffer.isBuffer(document) ? document : Buffer.from(typeof document === 'string' ? document : JSON.stringify(document))
  // In pieces that cut characters and tokens anywhere.
  async function* open() {
    for (let from = 0; from < bytes.length; from += 97) yield bytes.subarray(from, from + 97)
  }
  return importDocument({ open, bytes: bytes.length }, at)
}

async function refusal(document: string | Buffer): Promise<string> {
  return imports(document).then(
    () => 'it was imported',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
}

async function command(text: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const file = join(await mkdtemp(join(tmpdir(), 'perch-import-')), 'file.json')
  await writeFile(file, text)
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['cli/import.ts', file], (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    )
  })
}

/** The file with some keys changed, at a place such as "amas.0.questions.1". */
function edit<T>(file: T, place: string, changes: object): T {
  const copy = structuredClone(file)
  const target = place.split('.').reduce<unknown>((value, key) => Reflect.get(Object(value), key), copy)
  Object.assign(Object(target), changes)
  return copy
}

async function column(sql: string): Promise<string[]> {
  const { rows } = await withSession((session) => session.query<[string]>({ text: sql, rowMode: 'array' }))
  return rows.map(([value]) => value)
}

/** All rows of all tables, and which transaction wrote them last. */
async function everyRow(): Promise<Record<string, string>> {
  return withSession(async (session) => {
    const { rows: tables } = await session.query<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`)
    const hashes: Record<string, string> = {}
    for (const { name } of tables) {
      const { rows } = await session.query(
        `SELECT count(*) || ' ' || coalesce(md5(string_agg(xmin || t::text, ' ' ORDER BY t::text)), '') AS hash FROM "${name}" t`,
      )
      hashes[name] = rows[0].hash
    }
    return hashes
  })
}
