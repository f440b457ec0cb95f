import { pipeline } from 'node:stream/promises'
import type { Client } from 'pg'
import { from, to } from 'pg-copy-streams'
import { openTally, type Table, type Tally } from '#lib/backup/format.ts'
import { columnsOf, orderOf, quoted } from '#lib/backup/tables.ts'

/** All rows of a table as COPY's text, in the order of its key, a piece at a time. */
export async function copyOut(session: Client, table: Table): Promise<AsyncIterable<Buffer>> {
  const order = await orderOf(session, table)
  return session.query(to(`COPY (SELECT ${columnsOf(table)} FROM ${quoted(table)} t ORDER BY ${order}) TO STDOUT`))
}

/** Puts COPY's text into a table. */
export async function copyIn(session: Client, table: Table, chunks: AsyncIterable<Buffer>): Promise<void> {
  const target = session.query(from(`COPY ${quoted(table)} (${columnsOf(table)}) FROM STDIN`))
  await pipeline(chunks, target)
}

/** What a table's rows come to. */
export async function tallyTable(session: Client, table: Table): Promise<Tally> {
  const tally = openTally()
  for await (const chunk of await copyOut(session, table)) tally.add(chunk)
  return tally.close()
}
