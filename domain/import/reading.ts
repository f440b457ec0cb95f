import { getManyValues, isMany, none } from 'stream-chain/defs.js'
import { jsonParser } from 'stream-json/core/parser.js'
import { jsonVerifier } from 'stream-json/core/utils/verifier.js'
import { arrayRule, FlexAssembler } from 'stream-json/utils/flex-assembler.js'
import { Refusal } from '#lib/refusal.ts'

/** Where a document comes from. It is opened a second time only to find the line of broken JSON. */
export type Source = { open: () => AsyncIterable<Uint8Array>; bytes: number }

export type Section = 'communities' | 'topics' | 'people' | 'amas' | 'questions' | 'amaQuestions' | 'answers' | 'file'

/**
 * One entry of one list of the document. `place` is where it stands ("amas[0].questions[3]"), `parent` where the thing
 * that holds it stands ("amas[0]"), empty at the top. Entries come before the thing that holds them, whose own lists of
 * entries are empty. The last is the file itself.
 */
export type FileRecord = { section: Section; place: string; parent: string; value: unknown }

/** A person's roles stand four levels deep; what is much deeper is no document of ours. */
const DEPTH_MAX = 32

/**
 * Reads a perch/1 document of any size piece by piece: what is in memory is one piece of the file and the entries that
 * ended in it. `bytes` is how much was read so far. Throws a Refusal with the line for what is not JSON in UTF-8.
 */
export async function* readRecords(source: Source): AsyncGenerator<{ records: FileRecord[]; bytes: number }> {
  let records: FileRecord[] = []
  let bytes = 0
  const assembler = new FlexAssembler({ maxDepth: DEPTH_MAX, arrayRules: [collect((record) => records.push(record))] })
  const parse = jsonParser({ streamValues: false })
  const feed = (text: string | typeof none) => {
    const tokens = parse(text as string)
    if (isMany(tokens)) for (const token of getManyValues(tokens)) assembler.consume(token)
  }
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const piece of source.open()) {
    await orRefuse(source, () => feed(decoder.decode(piece, { stream: true })))
    bytes += piece.length
    yield { records, bytes }
    records = []
  }
  await orRefuse(source, () => {
    feed(decoder.decode())
    feed(none)
  })
  records.push({ section: 'file', place: '', parent: '', value: assembler.current })
  yield { records, bytes }
}

/** `inside`: the lists that the entry at hand has had, by their places. */
type List = { section: Section; place: string; parent: string; length: number; inside: Set<string> }

const sections: Record<string, Section> = {
  communities: 'communities',
  topics: 'topics',
  people: 'people',
  amas: 'amas',
  questions: 'questions',
  'amas.questions': 'amaQuestions',
  'amas.questions.answers': 'answers',
  'questions.answers': 'answers',
}

/** Hands the entries of the document's lists over one by one, so that the lists themselves never grow. */
function collect(hand: (record: FileRecord) => void) {
  // The path that the assembler gives says 0 for every entry that is an object, so places are made from the open lists.
  const open: List[] = []
  const atTop = new Set<string>()
  return arrayRule<List>({
    filter: (path) => sectionAt(path) !== undefined,
    create: (path) => {
      const outer = open.at(-1)
      const parent = outer ? `${outer.place}[${outer.length}]` : ''
      const place = [parent, path.at(-1)].filter(Boolean).join('.')
      // JSON lets an object have a name twice. Entries of two lists would stand at one place.
      const known = outer?.inside ?? atTop
      if (known.has(place)) throw new Refusal('invalid', `${place}: is there twice`)
      known.add(place)
      const list: List = { section: sectionAt(path) ?? 'file', place, parent, length: 0, inside: new Set() }
      open.push(list)
      return list
    },
    add: (list, value) => {
      hand({ section: list.section, place: `${list.place}[${list.length}]`, parent: list.parent, value })
      list.length += 1
      list.inside.clear()
    },
    finalize: () => {
      open.pop()
      return []
    },
  })
}

const sectionAt = (path: readonly (string | number)[]) => {
  const names = path.filter((part) => typeof part === 'string')
  // Names and numbers take turns in all our lists; an object where a list belongs is reported with the thing that holds it.
  return path.length === names.length * 2 - 1 ? sections[names.join('.')] : undefined
}

async function orRefuse(source: Source, read: () => void): Promise<void> {
  try {
    read()
  } catch (error) {
    if (error instanceof Refusal) throw error
    if (error instanceof TypeError) throw new Refusal('invalid', 'is not UTF-8')
    if (error instanceof RangeError) throw new Refusal('invalid', `is nested more than ${DEPTH_MAX} deep`)
    throw new Refusal('invalid', await whereBroken(source))
  }
}

async function whereBroken(source: Source): Promise<string> {
  const verify = jsonVerifier()
  const decoder = new TextDecoder()
  try {
    for await (const piece of source.open()) verify(decoder.decode(piece, { stream: true }))
    verify(none as unknown as string)
  } catch (error) {
    if (isPlaced(error)) return `is not JSON: line ${error.line}, character ${error.pos}: ${error.message.replace(/^.*?: /, '')}`
  }
  return 'is not JSON'
}

const isPlaced = (error: unknown): error is Error & { line: number; pos: number } =>
  error instanceof Error && 'line' in error && 'pos' in error
