import { expect, test } from 'vitest'
import { ImportedFile } from '#domain/import/rules.ts'
import { demoDocument } from '#prisma/seed/document.ts'

const moments = ['2026-11-22T15:00:00Z', '2027-03-28T00:30:00Z', '2031-02-28T23:59:00Z'].map((time) => new Date(time))

test.each(moments)(
  'the demo content of %s is a good document, the same each time, with one AMA live and nothing done ahead of time',
  (now) => {
    const document = ImportedFile.parse(demoDocument(now))
    expect(demoDocument(now)).toEqual(demoDocument(now))
    expect(document.amas?.filter(({ startsAt, endsAt }) => startsAt <= now && now < endsAt)).toHaveLength(1)
    const questions = [...(document.amas ?? []).flatMap((ama) => ama.questions ?? []), ...(document.questions ?? [])]
    const answers = questions.flatMap((question) =>
      (question.answers ?? []).map((answer) => ({ ...answer, askedAt: question.askedAt ?? now })),
    )
    expect(questions.length).toBeGreaterThan(100)
    expect(answers.length).toBeGreaterThan(130)
    expect(questions.filter(({ askedAt }) => !askedAt || askedAt > now)).toEqual([])
    expect(answers.filter(({ askedAt, answeredAt }) => answeredAt < askedAt || answeredAt > now)).toEqual([])
  },
)
