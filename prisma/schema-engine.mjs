#!/usr/bin/env node
// Prisma's CLI talks to a "schema engine" over JSON-RPC, a line per message. The native one is downloaded from a host that
// closed networks cannot reach; this one runs the WASM build of the same engine from npm through our own driver.
// bin/run names it in PRISMA_SCHEMA_ENGINE_BINARY. See docs/decisions/003-prisma-without-downloads.md.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'
import { parseIntoClientConfig } from 'pg-connection-string'

const PG_CHAR = 18
const PG_TEXT = 25

const args = process.argv.slice(2)
const datasource = JSON.parse(valuesOf('--datasource')[0] ?? '{}')
const url = datasource.url ?? process.env.DATABASE_URL

async function serve() {
  const schemas = valuesOf('--datamodels').map((path) => [path, readFileSync(path, 'utf8')])
  const glue = await instantiate()
  // Not `connectionString`: it would win over the name of the shadow database, and the real one would be taken for it.
  const factory = bindMigrationAwareSqlAdapterFactory(new EnginePg(parseIntoClientConfig(url)))
  const log = (line) => process.stderr.write(`${line}\n`)
  // An empty list of data models is an error to the engine; none at all is fine.
  const engine = await glue.SchemaEngine.new({ datamodels: schemas.length ? schemas : undefined }, log, factory)
  for await (const line of createInterface({ input: process.stdin })) await answer(engine, JSON.parse(line))
}

async function answer(engine, { id, method, params }) {
  if (!method) return
  try {
    const result = (await engine[method](params)) ?? {}
    if (result.stdout) send({ id: `print-${id}`, method: 'print', params: { content: result.stdout } })
    send({ id, result })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    send({ id, error: { code: 4466, message, data: { is_panic: false, message, meta: null } } })
  }
}

/** `cli can-connect-to-database` and `cli create-database`: exit 0 when the database is there (now). */
async function databaseCommand() {
  const target = new URL(url)
  const name = decodeURIComponent(target.pathname.slice(1))
  if (args.includes('create-database')) {
    target.pathname = '/postgres'
    await withClient(target.href, (client) => client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`))
  } else {
    await withClient(url, (client) => client.query('SELECT 1'))
  }
}

async function withClient(connectionString, work) {
  const client = new pg.Client({ connectionString })
  try {
    await client.connect()
    await work(client)
  } catch (error) {
    console.error(JSON.stringify({ is_panic: false, message: error.message, error_code: 'P1001' }))
    process.exitCode = 1
  } finally {
    await client.end().catch(() => {})
  }
}

async function instantiate() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => process.stderr.write(`${message}\n`) }
  const require = createRequire(import.meta.url)
  const wasm = readFileSync(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/js$/, 'wasm'))
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': engineModule })
  engineModule.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start?.()
  return engineModule
}

// The engine reads catalog columns of type "char" (OID 18), which the driver adapter refuses: hand them over as text
// and call them characters again in the result.
function withChars(queryable) {
  const performIO = queryable.performIO.bind(queryable)
  const queryRaw = queryable.queryRaw.bind(queryable)
  queryable.performIO = async (query) => {
    const result = await performIO(query)
    query.isChar = result.fields?.map((field) => field.dataTypeID === PG_CHAR)
    for (const field of result.fields ?? []) if (field.dataTypeID === PG_CHAR) field.dataTypeID = PG_TEXT
    return result
  }
  queryable.queryRaw = async (query) => {
    const result = await queryRaw(query)
    query.isChar?.forEach((isChar, i) => {
      if (isChar) result.columnTypes[i] = ColumnTypeEnum.Character
    })
    return result
  }
  if (queryable.startTransaction) {
    const startTransaction = queryable.startTransaction.bind(queryable)
    queryable.startTransaction = async (...options) => withChars(await startTransaction(...options))
  }
  return queryable
}

// The adapter cuts a script at every semicolon, also inside function bodies; the server takes it whole.
function withWholeScripts(connection) {
  connection.executeScript = async (script) => {
    try {
      const client = await connection.client.connect()
      try {
        await client.query(LOAD_TRGM)
        await client.query(script)
      } finally {
        client.release()
      }
    } catch (error) {
      connection.onError(error)
    }
  }
  return connection
}

// A script may give a function a setting of pg_trgm. Whoever is no superuser may do so only in a session that has its library,
// which a site that has the extension from before does not load by itself.
const LOAD_TRGM = "DO $$ BEGIN PERFORM show_trgm(''); EXCEPTION WHEN undefined_function THEN NULL; END $$"

class EnginePg extends PrismaPg {
  #config
  constructor(config) {
    super(config)
    this.#config = config
  }
  async connect() {
    return withWholeScripts(withChars(await super.connect()))
  }
  // The adapter's own drops the shadow database while it is still connected to it, which the server refuses.
  async connectToShadowDb() {
    const owner = await this.connect()
    const database = `perch_shadow_${randomUUID().replaceAll('-', '')}`
    await owner.executeScript(`CREATE DATABASE ${database}`)
    const shadow = await new EnginePg({ ...this.#config, database }).connect()
    const disconnect = shadow.dispose.bind(shadow)
    shadow.dispose = async () => {
      await disconnect()
      await owner.executeScript(`DROP DATABASE ${database}`)
      await owner.dispose()
    }
    return shadow
  }
}

function valuesOf(flag) {
  return args.flatMap((arg, i) => (arg === flag ? [args[i + 1]] : []))
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
}

// Last, because classes above are not there before their line.
if (args.includes('--version')) console.log('schema-engine-wasm')
else if (args.includes('cli')) await databaseCommand()
else await serve()
