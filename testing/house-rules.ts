import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ACROSS } from '../.dependency-cruiser.js'

/** A file of the project: its path from the root, and its text ('' when it is a picture or another binary). */
export type File = { path: string; text: string }

/** Answers a line per place that breaks the rule. */
export type Rule = (files: File[]) => string[]

/** Every file that is committed or would be. */
export function filesOf(root: string): File[] {
  // Somebody else's checkout, as when root runs the tests, is not refused: nothing of it is executed.
  const listed = execFileSync('git', ['-c', 'safe.directory=*', 'ls-files', '-coz', '--exclude-standard'], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  })
  const paths = listed
    .toString()
    .split('\0')
    .filter((path) => path && existsSync(join(root, path)))
  return [...new Set(paths)].map((path) => ({ path, text: isBinary(path) ? '' : readFileSync(join(root, path), 'utf8') }))
}

/** Folders and files whose name says nothing of what is in them, and files that only pass others on. */
export const namesSayWhatIsInside: Rule = (files) =>
  files.flatMap(({ path }) => {
    const vague = path.split('/').find((part) => /^(utils?|helpers?|common|shared|misc|lib\.ts|index\.[cm]?[jt]sx?)(\.[a-z]+)?$/.test(part))
    return vague ? [`${path}: "${vague}"`] : []
  })

/** A noun has at most four files, each the answer to one question of a newcomer; import and export are pipelines of stages. */
export const nounsHaveFourFiles: Rule = (files) =>
  files.flatMap(({ path }) =>
    /^domain\/(?!(import|export)\/)/.test(path) && !/^domain\/[a-z-]+\/(rules|queries|commands|actions)(\.test)?\.ts$/.test(path)
      ? [path]
      : [],
  )

/** The only doors through which a browser changes something, one line each. */
export const doorsAreActions: Rule = (files) =>
  code(files).flatMap(({ path, text }) => {
    const isDoor = /^domain\/[^/]+\/actions\.ts$/.test(path)
    const isMarked = /^\s*['"]use server['"]/m.test(text)
    if (isMarked && !isDoor) return [`${path}: 'use server'`]
    if (!isDoor) return []
    if (!/^['"]use server['"]/.test(text)) return [`${path}: without 'use server' on its first line`]
    const others = text.split('\n').filter((line) => /^export\b/.test(line) && !/^export const \w+ = action\(/.test(line))
    return others.map((line) => `${path}: ${line}`)
  })

/** Files that are sent to the browser: a new one is a decision. */
export function clientFiles(files: File[]): string[] {
  return code(files).flatMap(({ path, text }) => (/^['"]use client['"]/m.test(text) ? [path] : []))
}

/** A value never becomes part of a statement's text. Tests may change the schema. */
export const statementsTakeParameters: Rule = (files) =>
  serving(files).flatMap(({ path, text }) => (/\$(query|execute)RawUnsafe|Prisma\.raw\b/.test(text) ? [path] : []))

/** Models that live with another noun, each with the reason. */
const LIVES_WITH: Record<string, string> = {
  // What is to be looked at before a role counts as checked.
  Application: 'role',
  // What a member is in a community.
  CommunityMentor: 'member',
  // Who holds an AMA.
  AmaMentor: 'ama',
  // Who is asked to hold one, and who runs it.
  AmaInvitation: 'ama',
  AmaHost: 'ama',
  // What an authenticator is done without.
  RecoveryCode: 'authenticator',
  // What a passkey is to sign.
  PasskeyChallenge: 'passkey',
  // What a member wants to be told.
  NoticeChoice: 'notice',
  // How often answers were viewed, by day.
  AnswerDay: 'answer-view',
  MentorDay: 'answer-view',
  MentorReader: 'answer-view',
  // What an answer said before it was changed.
  AnswerVersion: 'answer',
  // Where else it stands.
  AnswerPlacement: 'answer',
  // What an asker adds to a question.
  Clarification: 'question',
  // Who wants it too.
  WantedJoin: 'wanted',
  // What a mentor does with a question of the queue.
  SetAside: 'queue',
  // What each is found by, kept by triggers.
  QuestionWords: 'words',
  GoneHandle: 'member',
  AnswerWords: 'words',
  MentorWords: 'words',
  AmaWords: 'words',
  // What stands beside each, kept by a job.
  RelatedToQuestion: 'related',
  RelatedToAma: 'related',
  TopMentors: 'related',
  TopicWords: 'words',
  CompanyWords: 'words',
  ReadTitle: 'suggestion',
  NameStart: 'suggestion',
}

/** Tables of plumbing and of the demo content, which are no nouns, and the one file that uses each. */
const OF_LIB: Record<string, string> = { RateLimit: 'lib/limit.ts', DemoRow: 'prisma/seed/demo-rows.ts' }

/** Each model has a folder of its name, or is known to live with another noun; each folder is a model, or looks across them. */
export const nounsHaveHomes: Rule = (files) => {
  const models = modelsOf(files)
  const homes = new Set(files.flatMap(({ path }) => /^domain\/([^/]+)\//.exec(path)?.[1] ?? []))
  const homeless = models.filter((model) => !homes.has(homeOf(model)) && !OF_LIB[model])
  const nameless = [...homes].filter((home) => !ACROSS.includes(home) && !models.some((model) => kebab(model) === home))
  const settled = Object.keys(LIVES_WITH).filter((model) => !models.includes(model) || homes.has(kebab(model)))
  return [
    ...homeless.map((model) => `${model} has no home`),
    ...nameless.map((home) => `domain/${home} is no model`),
    ...settled.map((model) => `${model} need not be said to live elsewhere`),
  ]
}

/** Who else than its home writes a table, each with the reason. */
const ALSO_WRITES: Record<string, string[]> = {
  // Who is invited, and what came of it, are facts of what is wanted; which times suit somebody is one of their joining.
  Wanted: ['domain/wanted-slot'],
  WantedJoin: ['domain/wanted-slot'],
  // Adds to viewCount in the statement that keeps the views.
  Answer: ['domain/answer-view'],
  // Asking is requesting.
  AnswerRequest: ['domain/question'],
}

/**
 * A table is written from its home alone. The import and the demo content fill all of them at once, by statements over
 * sets of rows; they keep the rules of the nouns by using them, and the database's own. Triggers are the database's. A restore
 * puts back into every table what was in it, the doctor repairs what is wrong in any, and measurements have databases of their
 * own.
 */
export const tablesAreWrittenAtHome: Rule = (files) => {
  const models = modelsOf(files)
  return serving(files)
    .filter(({ path }) => !/^(bench|domain\/import|lib\/backup|prisma\/(seed|doctor))\//.test(path))
    .flatMap(({ path, text }) => {
      const written = models.filter((model) => writes(text, model) && !mayWrite(path, model))
      const unnamed = /\b(INSERT INTO|UPDATE|DELETE FROM|MERGE INTO|COPY)\s+\$\{/.test(text) ? ['a table that it does not name'] : []
      return [...written, ...unnamed].map((table) => `${path} writes ${table}`)
    })
}

/** Links of our texts, and the records of decisions that comments name, are there. Pictures are looked at by people. */
export const referencesLeadSomewhere: Rule = (files) => {
  const paths = new Set(files.map(({ path }) => path))
  const isThere = (target: string) => paths.has(target) || [...paths].some((path) => path.startsWith(`${target.replace(/\/$/, '')}/`))
  const records = new Set([...paths].flatMap((path) => /^docs\/decisions\/(\d{3})-/.exec(path)?.[1] ?? []))
  return files.flatMap(({ path, text }) => {
    const links = path.endsWith('.md') ? [...text.matchAll(/(?<!!)\[[^\]]*\]\((?!\w+:)([^)#]+)/g)] : []
    const lost = links.map(([, target = '']) => join(dirname(path), target)).filter((target) => !isThere(target))
    const named = [...text.matchAll(/docs\/decisions\/(\d{3})/g)].map(([, number = '']) => number).filter((number) => !records.has(number))
    return [...lost, ...named].map((target) => `${path}: ${target}`)
  })
}

/** What is left to do is an issue; what is left to say is a sentence. */
export const nothingIsLeftToDo: Rule = (files) =>
  files.flatMap(({ path, text }) => (new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b`).test(text) ? [path] : []))

/** The project is the same on every machine: no path of one, no address of a package host. */
export const noMachineIsNamed: Rule = (files) => {
  return files.flatMap(({ path, text }) => {
    const pattern =
      path === 'package-lock.json'
        ? /"resolved": "(?!https:\/\/registry\.npmjs\.org\/)[^"]*/
        : /(?<=^|[\s'"`=(:])\/(home|root|work|Users)\/\w+/m
    const named = pattern.exec(text)?.[0]
    return named ? [`${path}: ${named}`] : []
  })
}

function mayWrite(path: string, model: string): boolean {
  return (
    path === OF_LIB[model] || [`domain/${homeOf(model)}`, ...(ALSO_WRITES[model] ?? [])].some((folder) => path.startsWith(`${folder}/`))
  )
}

function writes(text: string, model: string): boolean {
  const delegate = model.charAt(0).toLowerCase() + model.slice(1)
  const throughPrisma = new RegExp(`\\.${delegate}\\s*\\.(create|update|upsert|delete)(Many(AndReturn)?)?\\(`)
  const throughSql = new RegExp(`\\b(INSERT INTO|UPDATE|DELETE FROM|MERGE INTO|COPY|TRUNCATE|TRUNCATE TABLE)\\s+(ONLY\\s+)?"${model}"`)
  return throughPrisma.test(text) || throughSql.test(text)
}

function homeOf(model: string): string {
  return LIVES_WITH[model] ?? kebab(model)
}

function modelsOf(files: File[]): string[] {
  const schema = files.find(({ path }) => path === 'prisma/schema.prisma')?.text ?? ''
  return [...schema.matchAll(/^model (\w+) \{/gm)].map(([, model = '']) => model)
}

function kebab(model: string): string {
  return model.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase()
}

/** Code without its tests. */
function serving(files: File[]): File[] {
  return code(files).filter(({ path }) => !/\.(test|spec)\.tsx?$|^(testing|e2e)\//.test(path))
}

function code(files: File[]): File[] {
  return files.filter(({ path }) => /\.[cm]?[jt]sx?$/.test(path))
}

function isBinary(path: string): boolean {
  return /\.(png|jpe?g|gif|webp|avif|ico|woff2?|ttf|otf|pdf|gz|zip)$/.test(path)
}
