import { render, toPlainText } from '@react-email/render'
import type { ReactElement } from 'react'
import { aside, button, codeToType, letter, paragraph } from '#components/mail/letter.ts'
import type { Mail } from '#domain/mail/rules.ts'

type Letter = { subject: string; letter: ReactElement }
type Proof = { code: string; link: string }

/** A mail in words: its subject in one line, its HTML, and the same as text for those who read no HTML. */
export async function writeMail(mail: Mail): Promise<{ subject: string; html: string; text: string }> {
  const { subject, letter } = letterOf(mail)
  const html = await render(letter)
  return {
    subject: oneLine(subject),
    html,
    text: `${toPlainText(html, { selectors: [{ selector: 'h1', options: { uppercase: false } }] })}\n`,
  }
}

function letterOf(mail: Mail): Letter {
  switch (mail.kind) {
    case 'sign-in':
      return signIn(mail.props)
    case 'reset-password':
      return resetPassword(mail.props)
    case 'no-account':
      return noAccount(mail.props)
    case 'change-address':
      return changeAddress(mail.props)
    case 'address-changed':
      return addressChanged(mail.props)
    case 'password-changed':
      return passwordChanged(mail.props)
  }
}

function signIn({ code, link }: Proof): Letter {
  const rest = [...proof({ code, link }, 'Sign in'), aside('If you did not ask for this, ignore it: without the code nobody gets in.')]
  return { subject: 'Sign in to Perch', letter: letter(`Your code is ${code}`, 'Sign in to Perch', ...rest) }
}

function resetPassword({ name, link }: { name: string; link: string }): Letter {
  const hello = paragraph(`Hello ${name}, here is the way to a new password.`)
  const calm = aside('If you did not ask for this, ignore it: your password stays as it is.')
  const parts = [hello, button('Set a new password', link), goodOnce, calm]
  return { subject: 'Set a new password for Perch', letter: letter('The way to a new password', 'Set a new password', ...parts) }
}

function noAccount({ link }: { link: string }): Letter {
  const what = paragraph('Somebody, perhaps you, asked for a new password for Perch. There is no account with this address.')
  const calm = aside('If that was not you, ignore it. If it was, you may have used another address.')
  const parts = [what, button('Join Perch', link), calm]
  return { subject: 'No account with this address at Perch', letter: letter('You may have used another one', 'No account yet', ...parts) }
}

function changeAddress({ link }: { link: string }): Letter {
  const hello = paragraph('You want to use Perch with this address from now on. One step is left.')
  const calm = aside('If you do not know of this, ignore it: somebody mistyped an address, and nothing happens to yours.')
  const parts = [hello, button('Use this address', link), goodOnce, calm]
  return { subject: 'Use this address for Perch', letter: letter('One step is left', 'Use this address for Perch', ...parts) }
}

function addressChanged({ name }: { name: string }): Letter {
  const what = paragraph(`Hello ${name}, your account has another e-mail address now. Mails no longer come to this one.`)
  const alarm = paragraph('If that was not you, reply to this mail at once.')
  const heading = 'Your address was changed'
  return { subject: 'Your address at Perch was changed', letter: letter('If that was not you, tell us.', heading, what, alarm) }
}

function passwordChanged({ name }: { name: string }): Letter {
  const what = paragraph(`Hello ${name}, the password of your account was changed.`)
  const alarm = paragraph('If that was not you, sign in with this address and set a new one. Then end all other sessions in your settings.')
  const heading = 'Your password was changed'
  return { subject: 'Your password at Perch was changed', letter: letter('If that was not you, set a new one.', heading, what, alarm) }
}

/** Two ways to prove that this mail arrived: for the browser that asked, and for any other. */
function proof({ code, link }: Proof, label: string): ReactElement[] {
  return [
    paragraph('Type this code where you asked for it:'),
    codeToType(code),
    paragraph('Or go on in this or any other browser:'),
    button(label, link),
    aside('Both are good for ten minutes, and once.'),
  ]
}

const goodOnce = aside('It is good for ten minutes, in any browser, and once.')

/** What follows a line break would be another header. */
function oneLine(subject: string): string {
  return subject.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
}
