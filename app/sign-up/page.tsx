import type { Metadata } from 'next'
import { NameForm } from '#components/account/name-form.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { paths } from '#lib/paths.ts'
import { personalMetadata } from '../page-metadata.ts'

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Your name', description: 'The last step to join Perch.', path: paths.signUp() })
}

export default function SignUpPage() {
  return (
    <NarrowPage heading="You are new here: welcome" lead="Your address is proved. One thing is left.">
      <NameForm />
    </NarrowPage>
  )
}
