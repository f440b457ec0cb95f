import { parseArgs } from 'node:util'
import { Email } from '#domain/account/rules.ts'
import { liftSecondFactor } from '#domain/authenticator/commands.ts'
import { giveRole, takeRole } from '#domain/community-role/commands.ts'
import { listRoles } from '#domain/community-role/queries.ts'
import { ROLES, RoleAsked } from '#domain/community-role/rules.ts'
import { disconnect } from '#lib/db.ts'
import { Refusal } from '#lib/refusal.ts'

const usage = `Usage: npm run admin -- role EMAIL ROLE [COMMUNITY]            gives a role: ${ROLES.join(', ')}
       npm run admin -- role EMAIL ROLE [COMMUNITY] --remove   takes it away
       npm run admin -- second-factor EMAIL --remove            for who has lost the app and the recovery codes
       npm run admin -- list                                   says who has which`

const { words, remove } = readArguments()
const [command, ...rest] = words
try {
  if (command === 'list' && rest.length === 0 && !remove) await list()
  else if (command === 'role' && rest.length >= 2 && rest.length <= 3) await changeRole(rest)
  else if (command === 'second-factor' && rest.length === 1 && remove) await loseSecondFactor(rest)
  else exit(usage)
} catch (error) {
  if (error instanceof Refusal) exit(error.message)
  exit(`Nothing was changed: ${error instanceof Error ? error.message : String(error)}`)
}
await disconnect()

async function changeRole([email, role, community]: string[]): Promise<void> {
  const asked = RoleAsked.safeParse({ email, role, community })
  if (!asked.success)
    return exit(asked.error.issues.map(({ path, message }) => (path[0] === 'email' ? `${email}: ${message}` : message)).join('\n'))
  const { said } = await (remove ? takeRole : giveRole)(asked.data, new Date())
  console.log(said)
}

async function loseSecondFactor([given]: string[]): Promise<void> {
  const email = Email.safeParse(given)
  if (!email.success) return exit(`${given}: ${email.error.issues[0]?.message}`)
  console.log(await liftSecondFactor(email.data, new Date()))
}

async function list(): Promise<void> {
  const held = await listRoles()
  if (!held.length) console.log('Nobody with an account has a role yet. Give the first: npm run admin -- role EMAIL admin')
  for (const { role, community, name, email } of held) console.log(`${role}${community ? ` of ${community}` : ''}: ${name} (${email})`)
}

function readArguments(): { words: string[]; remove: boolean } {
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { remove: { type: 'boolean', default: false } } })
    return { words: positionals, remove: values.remove }
  } catch {
    return exit(usage)
  }
}

function exit(message: string): never {
  console.error(message)
  process.exit(1)
}
