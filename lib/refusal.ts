export type RefusalCode = 'sign_in' | 'not_found' | 'forbidden' | 'conflict' | 'too_many' | 'invalid' | 'unavailable'

/** What a refusal says beside its message: which fields are meant, and for `too_many` and `unavailable` in how many seconds to come back. */
export type RefusalDetails = { fields?: Record<string, string>; retryAfter?: number }

/** An expected no. The message is written for the person who reads it. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly fields: Record<string, string>
  readonly retryAfter: number | undefined
  constructor(code: RefusalCode, message: string, { fields = {}, retryAfter }: RefusalDetails = {}) {
    super(message)
    this.name = 'Refusal'
    this.code = code
    this.fields = fields
    this.retryAfter = retryAfter
  }
}

/** Throws the refusal unless the rule holds. */
export function ensure(rule: boolean, code: RefusalCode, message: string, details?: RefusalDetails): asserts rule {
  if (!rule) throw new Refusal(code, message, details)
}
