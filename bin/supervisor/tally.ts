import { existsSync, readFileSync } from 'node:fs'

export type Tally = { passed: number; failed: number }

/** A check that passes or fails as a whole counts as one test. */
export function ofCheck(code: number): Tally {
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** The tests in the JSON report of vitest. A run that failed otherwise (a file that does not load, no report) failed once more. */
export function ofVitest(report: string, code: number): Tally {
  const counts = read<{ numPassedTests: number; numFailedTests: number }>(report)
  return atLeastOneFailed(counts?.numPassedTests ?? 0, counts?.numFailedTests ?? 0, code)
}

/** The same for Playwright. Nothing is tried twice, so there is nothing between passed and failed. */
export function ofPlaywright(report: string, code: number): Tally {
  const counts = read<{ stats: { expected: number; unexpected: number; flaky: number } }>(report)?.stats
  return atLeastOneFailed(counts?.expected ?? 0, (counts?.unexpected ?? 0) + (counts?.flaky ?? 0), code)
}

export function sum(tallies: Tally[]): Tally {
  return tallies.reduce((all, { passed, failed }) => ({ passed: all.passed + passed, failed: all.failed + failed }), {
    passed: 0,
    failed: 0,
  })
}

// No test at all is no success either.
function atLeastOneFailed(passed: number, failed: number, code: number): Tally {
  const unexplained = failed === 0 && (code !== 0 || passed === 0)
  return { passed, failed: unexplained ? 1 : failed }
}

function read<Report>(file: string): Report | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}
