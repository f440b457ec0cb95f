import type { Metadata } from 'next'
import { TurnOffForm } from '#components/notice/notice-forms.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { readOffWord } from '#domain/notice/queries.ts'
import { kinds, NO_LINK } from '#domain/notice/rules.ts'
import { paths } from '#lib/paths.ts'
import { personalMetadata } from '../../page-metadata.ts'

type Props = { params: Promise<{ word: string }>; searchParams: Promise<{ done?: string | string[] }> }

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Mails to you', description: 'Turn a kind of mail off.', path: paths.settingsNotices() })
}

/** Needs no sign-in. To look at it changes nothing: programs look at every link of a mail. */
export default async function UnsubscribePage({ params, searchParams }: Props) {
  const [{ word }, { done }] = await Promise.all([params, searchParams])
  const found = readOffWord(word)
  const settings = (
    <p>
      <a className="text-link inline-flex min-h-11 items-center" href={paths.settingsNotices()}>
        All that you can choose
      </a>
    </p>
  )
  if (!found)
    return (
      <NarrowPage heading="Nothing was turned off" lead={NO_LINK}>
        {settings}
      </NarrowPage>
    )
  const { name, what } = kinds[found.kind]
  if (done === 'done')
    return (
      <NarrowPage heading="These mails are turned off" lead={`${name}, ${what}: you find it in your notices from now on.`}>
        {settings}
      </NarrowPage>
    )
  return (
    <NarrowPage heading="Turn these mails off?" lead={`${name}: ${what}. You still find it in your notices.`}>
      <TurnOffForm word={word} />
    </NarrowPage>
  )
}
