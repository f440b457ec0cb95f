import type { Metadata } from 'next'
import { AskForResetForm } from '#components/account/reset-forms.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { paths } from '#lib/paths.ts'
import { personalMetadata } from '../page-metadata.ts'

export function generateMetadata(): Metadata {
  return personalMetadata({
    title: 'A new password',
    description: 'Set a new password through a link that comes by mail.',
    path: paths.reset(),
  })
}

export default function ResetPage() {
  return (
    <NarrowPage heading="A new password" lead="Type your e-mail address. A mail comes with a link, through which you set a new password.">
      <AskForResetForm />
    </NarrowPage>
  )
}
