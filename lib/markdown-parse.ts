import type { Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

/**
 * The tree of a text: CommonMark with tables, strikethrough, tasks and bare addresses. HTML is text here, so nobody's
 * "List<String>" vanishes. Footnotes need ids, which two answers on a page would share.
 */
export function parseMarkdown(source: string): Root {
  return fromMarkdown(source, { extensions: [gfm(), { disable: { null: DISABLED } }], mdastExtensions: [gfmFromMarkdown()] })
}

/** Without halves of characters, and without the control characters and non-characters that HTML forbids. */
export function cleaned(markdown: string): string {
  return markdown
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\t\n\P{Cc}]|\p{Noncharacter_Code_Point}/gu, '')
}

const DISABLED = ['htmlFlow', 'htmlText', 'gfmFootnoteCall', 'gfmFootnoteDefinition', 'gfmPotentialFootnoteCall']

/** The address of a picture that was uploaded for an answer: its width and height are in it (lib/paths.ts). */
export const OUR_IMAGE = /^\/images\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-([1-9]\d{0,3})x([1-9]\d{0,3})\.webp$/
