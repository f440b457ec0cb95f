import type { ReactNode } from 'react'
import { marked } from '#domain/search/rules.ts'
import type { Forms } from '#domain/words/rules.ts'

/** Shows texts with the words marked that were searched for. */
export function marking(forms: Forms): (text: string) => ReactNode {
  return (text) => {
    let offset = 0
    return marked(text, forms).map((piece, place) => {
      offset += piece.length
      return place % 2 ? <mark key={offset}>{piece}</mark> : piece
    })
  }
}
