import { NewPasswordField } from '#components/account/new-password-field.tsx'
import { Field, Form, Submit, TextField } from '#components/ui/form.tsx'
import { acceptInvitationAction } from '#domain/invitation/actions.ts'
import { finishSetUpAction, renameSiteAction, sendTestMailAction, setUpAction } from '#domain/site/actions.ts'
import { writePageAction } from '#domain/site-page/actions.ts'
import type { SitePageSlug } from '#domain/site-page/rules.ts'
import { paths } from '#lib/paths.ts'

export function SetUpForm({ token, siteName }: { token: string; siteName: string }) {
  return (
    <Form action={setUpAction} permalink={paths.setUp(token)}>
      <input type="hidden" name="token" value={token} />
      <SiteNameField siteName={siteName} />
      <Field name="name" label="Your name" autoComplete="name" maxLength={100} />
      <Field
        name="email"
        type="email"
        label="Your e-mail address"
        hint="You sign in with it. No mail is sent now."
        autoComplete="email"
        inputMode="email"
        maxLength={254}
      />
      <NewPasswordField />
      <Submit>Go on</Submit>
    </Form>
  )
}

export function RenameSiteForm({ siteName, here }: { siteName: string; here: string }) {
  return (
    <Form action={renameSiteAction} permalink={`${here}#name`}>
      <SiteNameField siteName={siteName} />
      <Submit quiet>Save the name</Submit>
    </Form>
  )
}

export function TestMailForm({ here }: { here: string }) {
  return (
    <Form action={sendTestMailAction} permalink={`${here}#test-mail`}>
      <Submit quiet>Send me a test mail</Submit>
    </Form>
  )
}

export function FinishSetUpForm() {
  return (
    <Form action={finishSetUpAction} permalink={paths.setUp()}>
      <Submit>Finish set-up</Submit>
    </Form>
  )
}

export function SitePageForm({ slug, name, body }: { slug: SitePageSlug; name: string; body: string }) {
  return (
    <Form action={writePageAction} permalink={paths.adminPage(slug)}>
      <input type="hidden" name="slug" value={slug} />
      <TextField
        name="body"
        label={`Text of ${name}`}
        hint="Markdown. With a text the page is in the footer, without one there is none."
        rows={18}
        defaultValue={body}
      />
      <Submit>Save</Submit>
    </Form>
  )
}

export function AcceptInvitationForm({ word }: { word: string }) {
  return (
    <Form action={acceptInvitationAction} permalink={paths.invitation(word)}>
      <input type="hidden" name="word" value={word} />
      <Submit>Become a mentor</Submit>
    </Form>
  )
}

function SiteNameField({ siteName }: { siteName: string }) {
  const hint = 'It stands at the top of every page and in every title.'
  return <Field name="site" label="Name of the site" hint={hint} autoComplete="off" maxLength={60} defaultValue={siteName} />
}
