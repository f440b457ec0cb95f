import { defineConfig } from 'prisma/config'

// The CLI runs through bin/run, which has set DATABASE_URL and PRISMA_SCHEMA_ENGINE_BINARY.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations', seed: 'node prisma/seed/seed.ts' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://localhost/unset' },
})
