import { existsSync, readFileSync } from 'node:fs'

export type Tally = { passed: number; failed: number }

/** A check that passes or fails as a whole counts as one test. */
export function ofCheck(code: number): Tally {
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** The tests in the JSON report of vitest. A run that failed otherwise (a file that does not load, no report) failed once more. */
export function ofVitest(report: string, code: number): Tally {
  const counts = read<VitestReport>(report)
  return atLeastOneFailed(counts?.numPassedTests ?? 0, counts?.numFailedTests ?? 0, code)
}

/** The files of tests in the JSON report of vitest in which something failed. */
export function filesThatFailed(report: string): string[] {
  return (
    read<VitestReport>(report)
      ?.testResults.filter(({ status }) => status === 'failed')
      .map(({ name }) => name) ?? []
  )
}

/** The names of the tests that failed in a report of vitest. */
export function testsThatFailed(report: string): string[] {
  const tests = read<VitestReport>(report)?.testResults.flatMap(({ assertionResults }) => assertionResults) ?? []
  return tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName)
}

/** The same run once some of its files were run again: what was found in these the second time counts instead of the first. */
export function ofSecondTry(first: string, second: string, code: number): Tally {
  const again = new Set(filesThatFailed(first))
  const others = read<VitestReport>(first)?.testResults.filter(({ name }) => !again.has(name)) ?? []
  const passed = others.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status === 'passed').length
  return sum([{ passed, failed: 0 }, ofVitest(second, code)])
}

/** The tests in the JSON report of Playwright, which tries itself what failed once more: flaky is what passed then. */
export function ofPlaywright(report: string, code: number): Tally {
  const counts = read<{ stats: { expected: number; unexpected: number; flaky: number } }>(report)?.stats
  return atLeastOneFailed((counts?.expected ?? 0) + (counts?.flaky ?? 0), counts?.unexpected ?? 0, code)
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

type VitestReport = {
  numPassedTests: number
  numFailedTests: number
  testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[]
}

function read<Report>(file: string): Report | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}
