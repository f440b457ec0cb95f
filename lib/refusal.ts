export type RefusalCode = 'sign_in' | 'not_found' | 'forbidden' | 'conflict' | 'too_many' | 'invalid'

/** An expected no. The message is written for the person who reads it. */
export class Refusal extends Error {
  readonly code: RefusalCode
  constructor(code: RefusalCode, message: string) {
    super(message)
    this.name = 'Refusal'
    this.code = code
  }
}
