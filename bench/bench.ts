import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ensureBuild } from '#bench/build.ts'
import { knownTable, measureKnown } from '#bench/known.ts'
import { liveTable, measureLive } from '#bench/live.ts'
import { CONNECTIONS } from '#bench/measure.ts'
import { measureScale, scaleTables } from '#bench/scale.ts'
import { measureSearch, searchTable } from '#bench/search.ts'
import { measureSimilar, similarTable } from '#bench/similar.ts'
import { measureSpeed, speedTables } from '#bench/speed.ts'

// npm run bench            the site beside its limits: a bare server from memory, and one that fills a template
// npm run bench -- --scale the site with 1,000 questions beside the site with 1,000,000
// npm run bench -- --known forms with an address that has an account beside the same with one that has none
// npm run bench -- --similar what is like a question that somebody types, among 1,000,000
// npm run bench -- --search pages of search and suggestions, for words that few and that very many have, among 1,000,000 questions
// npm run bench -- --live  people who have the page of a live AMA open, while answers are published and the server restarts
// Numbers of one run compare with each other, not with those of another machine or hour.

const { values } = parseArgs({
  options: {
    scale: { type: 'boolean', default: false },
    known: { type: 'boolean', default: false },
    similar: { type: 'boolean', default: false },
    search: { type: 'boolean', default: false },
    live: { type: 'boolean', default: false },
    readers: { type: 'string', default: '500' },
    tries: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    questions: { type: 'string' },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)

await ensureBuild()
const { name, report, text } = await measured()
console.log(text)

const file = `bench/results/${name}.json`
mkdirSync('bench/results', { recursive: true })
writeFileSync(file, `${JSON.stringify({ at: new Date(), node: process.version, connections: CONNECTIONS, ...report }, null, 2)}\n`)
console.log(`\n${report.holds ? 'All bars hold' : 'Not all bars hold'}; everything measured stands in ${file}.`)
process.exitCode = report.holds ? 0 : 1

async function measured() {
  if (values.known) {
    const report = await measureKnown(Number(values.tries))
    return { name: 'known', report, text: knownTable(report) }
  }
  if (values.similar) {
    const report = await measureSimilar(Number(values.questions ?? 1_000_000), Number(values.tries))
    return { name: 'similar', report, text: similarTable(report) }
  }
  if (values.search) {
    const report = await measureSearch(Number(values.questions ?? 1_000_000), Number(values.tries))
    return { name: 'search', report, text: searchTable(report) }
  }
  if (values.live) {
    const report = await measureLive(Number(values.readers))
    return { name: 'live', report, text: liveTable(report) }
  }
  if (values.scale) {
    const report = await measureScale(Number(values.questions ?? 1_000_000), rounds)
    return { name: 'scale', report, text: scaleTables(report) }
  }
  const report = await measureSpeed(Number(values.questions ?? 100_000), rounds, seconds)
  return { name: 'latest', report, text: speedTables(report) }
}
