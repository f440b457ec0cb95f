import type { Client } from 'pg'
import type { Check, Found, Tell } from '#prisma/doctor/check.ts'
import { clockCheck } from '#prisma/doctor/clocks.ts'
import { counterChecks } from '#prisma/doctor/counters.ts'
import { machineChecks } from '#prisma/doctor/machine.ts'
import { peopleChecks } from '#prisma/doctor/people.ts'
import { placeChecks } from '#prisma/doctor/places.ts'
import { textCheck } from '#prisma/doctor/texts.ts'
import { lostFilesCheck, lostImagesCheck, lostPicturesCheck } from '#prisma/doctor/uploads.ts'
import { wordChecks } from '#prisma/doctor/words.ts'

/** What a check found, and how much of it is wrong still. */
export type Finding = Found & { says: string; left: number }

export type Examination = {
  /** What can be known to be right is put right; else not a row changes. */
  repair: boolean
  /** Every text is rendered anew to compare it, else a sample. */
  allTexts: boolean
}

/** Every check, those last that go by what others repair. */
export function checksOf({ allTexts }: Pick<Examination, 'allTexts'>): Check[] {
  return [
    ...machineChecks,
    ...placeChecks,
    ...peopleChecks,
    lostFilesCheck,
    lostPicturesCheck,
    lostImagesCheck,
    clockCheck,
    textCheck(allTexts),
    ...counterChecks,
    ...wordChecks(allTexts),
  ]
}

/**
 * Looks at everything that has to hold and that no constraint sees to, while people go on writing: each look is one moment,
 * and no lock is held for longer than a row takes. Answers what was wrong.
 */
export async function examine(
  session: Client,
  { repair, allTexts }: Examination,
  tell: (stage: 'looking' | 'repairing', done: number, total: number) => void = () => {},
): Promise<Finding[]> {
  const checks = checksOf({ allTexts })
  const findings: Finding[] = []
  for (const [i, check] of checks.entries()) {
    const inCheck =
      (stage: 'looking' | 'repairing'): Tell =>
      (done, total) =>
        tell(stage, i + Math.min(done / Math.max(total, 1), 1), checks.length)
    const find = () => look(session, check, inCheck('looking'))
    const found = await find()
    const mended = found.rows > 0 && repair && check.repair
    if (mended) await check.repair?.(session, inCheck('repairing'))
    const left = mended ? await find() : found
    if (found.rows) findings.push({ ...found, says: check.says, left: left.rows })
    tell('looking', i + 1, checks.length)
  }
  return findings
}

/** Whatever a check does, it changes nothing. */
async function look(session: Client, check: Check, tell: Tell): Promise<Found> {
  await session.query('SET default_transaction_read_only = on')
  try {
    return await check.find(session, tell)
  } finally {
    await session.query('SET default_transaction_read_only = off')
  }
}
