import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['**/*.test.{ts,tsx}'],
    exclude: [...configDefaults.exclude, '.next*/**', '.perch/**'],
    globalSetup: ['testing/database-template.ts'],
    setupFiles: ['testing/database.ts'],
    // A guard against what never ends, not a measurement: machines are shared.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: {
      PERCH_MODE: 'test',
      PERCH_SECRET: 'of tests alone, and as long as a real one',
      SITE_URL: 'https://perch.example',
      LOG_LEVEL: 'silent',
    },
  },
})
