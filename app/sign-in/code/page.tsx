import type { Metadata } from 'next'
import { CodeForm } from '#components/account/code-form.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { paths } from '#lib/paths.ts'
import { personalMetadata } from '../../page-metadata.ts'

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Type the code', description: 'Sign in with the code that came by mail.', path: paths.signInCode() })
}

export default function SignInCodePage() {
  return (
    <NarrowPage
      heading="Look into your mailbox"
      lead="A mail with a code and a link is on its way. Type the code here within ten minutes, or open the link in any browser."
    >
      <CodeForm />
      <p className="border-t border-line pt-5 text-sm text-soft">
        Nothing there after a minute? Look among the unwanted mail, or{' '}
        <a className="text-link" href={paths.signIn()}>
          ask for another code
        </a>
        .
      </p>
    </NarrowPage>
  )
}
