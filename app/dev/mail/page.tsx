import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { List } from '#components/ui/list.tsx'
import { Age } from '#components/ui/time.tsx'
import { newestMails } from '#domain/mail/queries.ts'
import { env } from '#lib/env.ts'

export const metadata: Metadata = { title: 'Mailbox', robots: { index: false, follow: false } }

/** Mails of a site that has no mail server, which only one on this machine alone or in a test may lack. */
export default async function MailboxPage() {
  if (env().PERCH_MODE === 'production') notFound()
  const now = new Date()
  const mails = await newestMails()
  return (
    <div className="max-w-[43.5rem]">
      <h1 className="text-3xl font-semibold tracking-tight">Mailbox</h1>
      <p className="mb-6 mt-3 text-soft">
        {env().SMTP_URL
          ? 'Mails go to the server of SMTP_URL. These were kept before there was one.'
          : 'Without SMTP_URL mails are sent to nobody and kept here for a week.'}
      </p>
      <List empty="No mail yet. The first one comes when somebody signs in.">
        {mails.map(({ id, to, subject, text, keptAt }) => (
          <li key={id} className="py-6">
            <article id={id} aria-label={`${subject}, to ${to}`}>
              <h2 className="font-semibold">{subject}</h2>
              <p className="text-sm text-soft">
                To {to} · <Age at={keptAt} now={now} />
              </p>
              <p className="mt-3 whitespace-pre-wrap break-words">{withLinks(text)}</p>
            </article>
          </li>
        ))}
      </List>
    </div>
  )
}

/** Links of our own templates; everything else stays text. */
function withLinks(text: string) {
  return text.split(/(https?:\/\/\S+)/).map((part, place) =>
    place % 2 ? (
      <a key={part} href={part}>
        {part}
      </a>
    ) : (
      part
    ),
  )
}
