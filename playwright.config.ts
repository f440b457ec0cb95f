import { defineConfig } from '@playwright/test'

// bin/test has started the site on a seeded database of its own, and says where it and the browser are.
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/support/prepare.ts',
  outputDir: 'test-results',
  // Once more, by itself and told as flaky, as bin/test does with the others: machines are shared.
  retries: 1,
  // Guards against what never ends, not measurements: machines are shared.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  fullyParallel: true,
  reporter: [['list'], ['json', { outputFile: process.env.PERCH_E2E_REPORT ?? 'test-results/report.json' }]],
  use: {
    baseURL: process.env.SITE_URL ?? 'http://localhost:3000',
    // Scrolling is done at once, so that a test need not wait for it; speed and theme are tried with motion too.
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      // Nothing that the browser would do by itself: no connection but those of the tests.
      args: [
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        ...asRoot,
      ],
    },
  },
})
