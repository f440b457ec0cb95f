import { openSession } from '#domain/session/commands.ts'
import { askForViewers } from '#lib/session.ts'

// lib/session.ts knows cookies and next-auth, the domain knows whose they are; here they meet, once for each process.
askForViewers(openSession)
