import { disconnect } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'
import { DEMO_PASSWORD, demoSignIns } from '#prisma/seed/demo-people.ts'

// bin/start prints this below the site's address, in local mode alone.
const signIns = env().PERCH_MODE === 'local' ? await demoSignIns() : []
if (signIns.length) {
  console.log(`\nDemo sign-ins at ${env().SITE_URL}${paths.signInPassword()}, each with the password ${DEMO_PASSWORD}`)
  for (const { role, name, email } of signIns) console.log(`  ${role.padEnd(10)} ${email.padEnd(24)} ${name}`)
}
await disconnect()
