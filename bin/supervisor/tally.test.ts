import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ofCheck, ofPlaywright, ofVitest, sum } from './tally.ts'

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
  ['one failed', { stats: { expected: 3, unexpected: 1, flaky: 0 } }, 1, { passed: 3, failed: 1 }],
  ['there was no browser', undefined, 1, { passed: 0, failed: 1 }],
])('Playwright: %s', (_what, report, code, tally) => {
  expect(ofPlaywright(reportFile(report), code)).toEqual(tally)
})

test('the last line adds them all up', () => {
  expect(sum([ofCheck(0), { passed: 5, failed: 2 }, ofCheck(1)])).toEqual({ passed: 6, failed: 3 })
})

function reportFile(report: unknown): string {
  const file = join(mkdtempSync(join(folder, 'report-')), 'report.json')
  if (report) writeFileSync(file, JSON.stringify(report))
  return file
}
