import { redirect } from 'next/navigation'
import type { z } from 'zod'
import { type FormState, HONEYPOT } from '#lib/form-state.ts'
import { countTry, type Limit } from '#lib/limit.ts'
import { log } from '#lib/log.ts'
import { ensure } from '#lib/refusal.ts'
import { refusalIn } from '#lib/refusal-in.ts'
import { currentVisit, keepInBrowser } from '#lib/session.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/** Changes something for whoever asks. Throws a Refusal where it may not be. What is written is one transaction of its own. */
export type Command<Input> = (viewer: Viewer, input: Input, visit: Visit) => Promise<Outcome | undefined>

/**
 * The door of a command for `useActionState`: reads the form by its shape, counts the try, calls, and answers with what the
 * form is to show, or sends the browser on (303). Whatever goes wrong unexpectedly is logged and told in one general sentence.
 */
export function action<Shape extends z.ZodObject>(shape: Shape, command: Command<z.output<Shape>>, limits: Limit[] = []) {
  return async (_before: FormState, form: FormData): Promise<FormState> => {
    const typed = textsOf(form)
    const state = await answer(shape, command, limits, typed, filesOf(form))
    if ('to' in state) redirect(state.to)
    return state.done ? state : { ...state, values: withoutSecrets(typed) }
  }
}

async function answer<Shape extends z.ZodObject>(
  shape: Shape,
  command: Command<z.output<Shape>>,
  limits: Limit[],
  typed: Record<string, string>,
  files: Record<string, File>,
): Promise<{ to: string } | NonNullable<FormState>> {
  try {
    const visit = await currentVisit()
    ensure(!typed[HONEYPOT], 'invalid', 'A field that nobody sees was filled in, as programs do. Please send the form again without it.')
    // No keyboard has it, and PostgreSQL keeps it in no text.
    ensure(!Object.values(typed).some((text) => text.includes('\0')), 'invalid', 'There is a character in this that cannot be kept (NUL).')
    const input = shape.safeParse({ ...files, ...typed })
    if (!input.success) return { message: 'Please look again at what is marked.', fields: fieldsOf(input.error) }
    const email = 'email' in input.data && typeof input.data.email === 'string' ? input.data.email : undefined
    await countTry(limits, visit, email)
    const { to, message, ...kept } = (await command(visit.viewer, input.data, visit)) ?? {}
    await keepInBrowser(kept)
    return to ? { to } : { message, done: true }
  } catch (error) {
    const refusal = refusalIn(error)
    if (refusal) return { message: refusal.message, fields: refusal.fields }
    log().error({ err: error }, 'an action failed')
    return { message: 'Something went wrong here, and nothing was changed. Please try again in a moment.' }
  }
}

/** The texts of a form; what Next adds to find the action, and files, are none. */
function textsOf(form: FormData): Record<string, string> {
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string' && !entry[0].startsWith('$'))
  return Object.fromEntries(texts)
}

/** The files of a form. A field that was left empty sends one without a name. */
function filesOf(form: FormData): Record<string, File> {
  const files = [...form].filter((entry): entry is [string, File] => entry[1] instanceof File && entry[1].name !== '')
  return Object.fromEntries(files)
}

/** Fields that hold what proves who somebody is; they never come back in a page. */
const SECRET = /pass|secret|token|^current$|^code$/i

function withoutSecrets(typed: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(typed).filter(([name]) => !SECRET.test(name)))
}

/** The first thing that is wrong with each field. */
function fieldsOf(error: z.ZodError): Record<string, string> {
  return Object.fromEntries(error.issues.map(({ path, message }) => [String(path[0] ?? ''), message]).toReversed())
}
