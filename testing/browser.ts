/** A browser's cookies and headers as next/headers hands them to actions and routes: `vi.mock('next/headers', () => import('#testing/browser.ts'))`. */
export const browser = { jar: new Map<string, Kept>(), headers: new Headers() }

type Kept = { value: string; httpOnly?: boolean; secure?: boolean; sameSite?: string; path?: string; maxAge?: number; domain?: string }

export async function cookies() {
  return {
    get: (name: string) => browser.jar.get(name),
    set: (name: string, value: string, attributes: Omit<Kept, 'value'>) => {
      if (attributes.maxAge === 0) browser.jar.delete(name)
      else browser.jar.set(name, { value, ...attributes })
    },
  }
}

export async function headers() {
  return browser.headers
}

/** A form as it comes from a page. */
export function form(fields: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}
