import { render, toPlainText } from '@react-email/render'
import { createElement, type ReactElement } from 'react'
import { aside, button, codeToType, letter, lineBreak, paragraph, SiteName, textLink } from '#components/mail/letter.ts'
import type { Change, Mail } from '#domain/mail/rules.ts'

const ONCE = 'The link is good for ten minutes, and once.'

type Letter = { subject: string; letter: ReactElement }

/** A mail of the site of this name in words: its subject in one line, its HTML, and the same as text for those who read no HTML. */
export async function writeMail(mail: Mail, site: string): Promise<{ subject: string; html: string; text: string }> {
  const { subject, letter } = letterOf(mail.kind, mail.props, site)
  const html = await render(createElement(SiteName, { value: site }, letter))
  return {
    subject: oneLine(subject),
    html,
    text: `${toPlainText(html, { selectors: [{ selector: 'h1', options: { uppercase: false } }] })}\n`,
  }
}

type Props = { [M in Mail as M['kind']]: M['props'] }

function letterOf<Kind extends keyof Props>(kind: Kind, props: Props[Kind], site: string): Letter {
  const letters: { [Each in keyof Props]: (props: Props[Each], site: string) => Letter } = {
    'sign-in': signIn,
    'reset-password': resetPassword,
    'no-account': noAccount,
    'change-address': changeAddress,
    'address-to-change': addressToChange,
    'address-changed': addressChanged,
    'password-changed': passwordChanged,
    'work-mail': workMail,
    'way-in-changed': wayInChanged,
    invitation,
    test,
    notice,
  }
  return letters[kind](props, site)
}

function signIn({ code, link }: { code: string; link: string }, site: string): Letter {
  const parts = [
    paragraph('Type this code where you asked for it:'),
    codeToType(code),
    paragraph('Or go on in this or any other browser:'),
    button('Sign in', link),
    aside('Both are good for ten minutes, and once. If you did not ask for them, ignore this mail and pass it on to nobody.'),
  ]
  return { subject: `Sign in to ${site}`, letter: letter(`Your code is ${code}`, `Sign in to ${site}`, ...parts) }
}

function resetPassword({ name, link }: { name: string; link: string }, site: string): Letter {
  const hello = paragraph(`Hello ${name}, here is the way to a new password.`)
  const calm = aside(`${ONCE} If you did not ask for it, ignore this mail: your password stays as it is.`)
  const heading = 'Set a new password'
  return { subject: `Set a new password for ${site}`, letter: letter(ONCE, heading, hello, button(heading, link), calm) }
}

function noAccount({ link }: { link: string }, site: string): Letter {
  const what = paragraph(`Somebody asked for a new password at ${site} with this address. There is no account of that address.`)
  const how = paragraph('If it was you, your account has another address, or you can make one now:')
  const calm = aside('If it was not you, ignore this mail.')
  const parts = [what, how, button('Sign up', link), calm]
  return { subject: `No account at ${site}`, letter: letter('This address has no account.', 'This address has no account', ...parts) }
}

function changeAddress({ link }: { link: string }, site: string): Letter {
  const what = paragraph(`Somebody wants to use ${site} with this address from now on. If that is you, one step is left:`)
  const calm = aside(`${ONCE} If you do not know of this, ignore it: somebody mistyped an address, and nothing happens to yours.`)
  const heading = `Use this address for ${site}`
  return { subject: heading, letter: letter(ONCE, heading, what, button('Use this address', link), calm) }
}

function addressToChange({ name }: { name: string }, site: string): Letter {
  const what = paragraph(`Hello ${name}, somebody who is signed in to your account wants to give it another e-mail address.`)
  const calm = paragraph('If that is you, go on with the mail that was sent there.')
  const alarm = paragraph('If it is not you, sign in with this address within ten minutes and end all other sessions in your settings.')
  const heading = 'Your address is to be changed'
  const preview = 'If that is not you, end all other sessions.'
  return { subject: `Your address at ${site} is to be changed`, letter: letter(preview, heading, what, calm, alarm) }
}

function addressChanged({ name }: { name: string }, site: string): Letter {
  const what = paragraph(`Hello ${name}, your account has another e-mail address now. Mails no longer come to this one.`)
  const alarm = paragraph('If that was not you, reply to this mail at once.')
  const heading = 'Your address was changed'
  return { subject: `Your address at ${site} was changed`, letter: letter('If that was not you, tell us.', heading, what, alarm) }
}

function passwordChanged({ name }: { name: string }, site: string): Letter {
  const what = paragraph(`Hello ${name}, the password of your account was changed.`)
  const alarm = paragraph('If that was not you, sign in with this address and set a new one. Then end all other sessions in your settings.')
  const heading = 'Your password was changed'
  return { subject: `Your password at ${site} was changed`, letter: letter('If that was not you, set a new one.', heading, what, alarm) }
}

function test({ name }: { name: string }, site: string): Letter {
  const what = paragraph(`Hello ${name}, you asked for this mail to see whether the site can send any. It can.`)
  const heading = `Mail of ${site} works`
  return { subject: heading, letter: letter('You asked for this mail.', heading, what) }
}

function workMail({ code }: { code: string }, site: string): Letter {
  const what = paragraph(`Somebody wants to show at ${site} that this work address is theirs. If that is you, type this code there:`)
  const good = aside('It is good for ten minutes, and once. The site shows the domain of this address alone, and forgets the rest.')
  const calm = aside('If you do not know of this, ignore it and pass the code on to nobody.')
  const heading = 'Show where you work'
  return { subject: `Your code for ${site}`, letter: letter(`Your code is ${code}`, heading, what, codeToType(code), good, calm) }
}

type Invitation = Extract<Mail, { kind: 'invitation' }>['props']

function invitation({ community, text, link, never }: Invitation, site: string): Letter {
  const said = text.split(/\n{2,}/).map((part) => paragraph(...part.split('\n').flatMap((line, i) => (i ? [lineBreak(i), line] : [line]))))
  const calm = aside('A host of this community wrote this mail, and your address is not kept. ', textLink('Never invite me again', never))
  const heading = `People of ${community} would like to ask you`
  const parts = [...said, button('See the invitation', link), aside('The link is good for two weeks.'), calm]
  return { subject: `People of ${site} would like to ask you`, letter: letter(oneLine(text).slice(0, 140), heading, ...parts) }
}

const CHANGES: Record<Change, string> = {
  'authenticator-added': 'signing in to your account asks for a code of your authenticator app from now on.',
  'authenticator-removed': 'signing in to your account asks for no code of an authenticator app any more.',
  'recovery-codes-renewed': 'your account has new recovery codes. The earlier ones are no longer good.',
  'recovery-code-used': 'somebody signed in to your account with one of your recovery codes. It is used up now.',
  'passkey-added': 'your account has a new passkey. Whoever holds it can sign in with it.',
  'identity-linked': 'your account is connected with one that you have elsewhere. Whoever holds that one can sign in with it.',
  'identity-unlinked': 'your account is no longer connected with one that you have elsewhere. It lets nobody in any more.',
  'passkey-removed': 'one of the passkeys of your account was removed. Nobody can sign in with it any more.',
}

function wayInChanged({ name, change }: { name: string; change: Change }, site: string): Letter {
  const what = paragraph(`Hello ${name}, ${CHANGES[change]}`)
  const alarm = paragraph('If that was not you, sign in and end all other sessions in your settings, and reply to this mail at once.')
  const heading = 'The way into your account'
  return { subject: `Signing in to ${site} has changed`, letter: letter('If that was not you, tell us.', heading, what, alarm) }
}

type Notice = Extract<Mail, { kind: 'notice' }>['props']

function notice({ name, subject, what, reason, words, link, off }: Notice, site: string): Letter {
  const why = reason ? [paragraph(`The reason: ${reason}.`)] : []
  const said = words ? [paragraph(words)] : []
  const calm = off
    ? aside(`You get this mail because of your settings (${off.name}). `, textLink('No more mails of this kind', off.link))
    : aside('If you see it otherwise, reply to this mail.')
  const parts = [paragraph(`Hello ${name}. ${what}`), ...why, ...said, button('See it', link), calm]
  return { subject: `${subject} at ${site}`, letter: letter(what, subject, ...parts) }
}

/** What follows a line break would be another header. */
function oneLine(subject: string): string {
  return subject.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
}
