import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { filesThatFailed, ofCheck, ofPlaywright, ofSecondTry, ofVitest, sum, testsThatFailed } from './tally.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-tally-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a check counts as one test', () => {
  expect([ofCheck(0), ofCheck(2)]).toEqual([
    { passed: 1, failed: 0 },
    { passed: 0, failed: 1 },
  ])
})

test.each([
  ['all passed', { numPassedTests: 5, numFailedTests: 0 }, 0, { passed: 5, failed: 0 }],
  ['two failed', { numPassedTests: 5, numFailedTests: 2 }, 1, { passed: 5, failed: 2 }],
  ['a file did not load', { numPassedTests: 5, numFailedTests: 0 }, 1, { passed: 5, failed: 1 }],
  ['there was no test', { numPassedTests: 0, numFailedTests: 0 }, 0, { passed: 0, failed: 1 }],
  ['it ended without a report', undefined, 139, { passed: 0, failed: 1 }],
])('vitest: %s', (_what, report, code, tally) => {
  expect(ofVitest(reportFile(report), code)).toEqual(tally)
})

test.each([
  ['all passed', { stats: { expected: 3, unexpected: 0, flaky: 0 } }, 0, { passed: 3, failed: 0 }],
  ['one passed when tried again', { stats: { expected: 3, unexpected: 0, flaky: 1 } }, 0, { passed: 4, failed: 0 }],
  ['one failed', { stats: { expected: 3, unexpected: 1, flaky: 0 } }, 1, { passed: 3, failed: 1 }],
  ['there was no browser', undefined, 1, { passed: 0, failed: 1 }],
])('Playwright: %s', (_what, report, code, tally) => {
  expect(ofPlaywright(reportFile(report), code)).toEqual(tally)
})

test.each([
  ['passed', 'passed', 0, { passed: 3, failed: 0 }],
  ['failed', 'failed', 1, { passed: 2, failed: 1 }],
])('vitest: what failed and %s when tried again', (_what, status, code, tally) => {
  const steady = fileOf('a.test.ts', { calm: 'passed' })
  const first = reportFile(vitestReport(steady, fileOf('b.test.ts', { shaky: 'failed', other: 'passed' })))
  const second = reportFile(vitestReport(fileOf('b.test.ts', { shaky: status, other: 'passed' })))
  expect(filesThatFailed(first)).toEqual(['b.test.ts'])
  expect(testsThatFailed(first)).toEqual(['shaky'])
  expect(ofSecondTry(first, second, code)).toEqual(tally)
})

test('vitest: a file that did not load is tried again, and one that never began is not', () => {
  expect(filesThatFailed(reportFile(vitestReport({ name: 'c.test.ts', status: 'failed', assertionResults: [] })))).toEqual(['c.test.ts'])
  expect(filesThatFailed(reportFile(undefined))).toEqual([])
})

test('the last line adds them all up', () => {
  expect(sum([ofCheck(0), { passed: 5, failed: 2 }, ofCheck(1)])).toEqual({ passed: 6, failed: 3 })
})

type File = { name: string; status: string; assertionResults: { fullName: string; status: string }[] }

function fileOf(name: string, tests: Record<string, string>): File {
  const assertionResults = Object.entries(tests).map(([fullName, status]) => ({ fullName, status }))
  return { name, status: assertionResults.some(({ status }) => status === 'failed') ? 'failed' : 'passed', assertionResults }
}

function vitestReport(...testResults: File[]): unknown {
  const count = (wanted: string) =>
    testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status === wanted).length
  return { numPassedTests: count('passed'), numFailedTests: count('failed'), testResults }
}

function reportFile(report: unknown): string {
  const file = join(mkdtempSync(join(folder, 'report-')), 'report.json')
  if (report) writeFileSync(file, JSON.stringify(report))
  return file
}
