import { type Attrs, type DOMOutputSpec, type MarkSpec, type Node, type NodeSpec, Schema } from 'prosemirror-model'
import { OUR_IMAGE } from '#lib/markdown-parse.ts'
import { paths } from '#lib/paths.ts'

const block = { group: 'block', content: 'inline*' }

const nodes = {
  doc: { content: 'block+' },
  paragraph: { ...block, parseDOM: [{ tag: 'p' }], toDOM: () => ['p', 0] },
  heading: {
    ...block,
    attrs: { level: { default: 2 } },
    defining: true,
    // Of what is pasted: the two that the toolbar has.
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: level < 3 ? 2 : 3 } })),
    // Below the headings of the page, as the published text is.
    toDOM: ({ attrs }: Node) => [attrs.level < 3 ? 'h4' : attrs.level === 3 ? 'h5' : 'h6', 0],
  },
  blockquote: { group: 'block', content: 'block+', defining: true, parseDOM: [{ tag: 'blockquote' }], toDOM: () => ['blockquote', 0] },
  bullet_list: {
    group: 'block',
    content: 'list_item+',
    attrs: { tight: { default: true } },
    parseDOM: [{ tag: 'ul' }],
    toDOM: () => ['ul', 0],
  },
  ordered_list: {
    group: 'block',
    content: 'list_item+',
    attrs: { tight: { default: true }, order: { default: 1 } },
    parseDOM: [{ tag: 'ol', getAttrs: (list: HTMLElement) => ({ order: (list as HTMLOListElement).start }) }],
    toDOM: ({ attrs }: Node): DOMOutputSpec => (attrs.order === 1 ? ['ol', 0] : ['ol', { start: attrs.order }, 0]),
  },
  list_item: { content: 'paragraph block*', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] },
  code_block: {
    group: 'block',
    content: 'text*',
    marks: '',
    code: true,
    defining: true,
    attrs: { lang: { default: null } },
    parseDOM: [{ tag: 'pre', preserveWhitespace: 'full' as const }],
    toDOM: () => ['pre', ['code', 0]],
  },
  /** Markdown that the editor does not show as it will look, such as a table: as it is, to be changed as it is. */
  source: {
    group: 'block',
    content: 'text*',
    marks: '',
    code: true,
    defining: true,
    parseDOM: [{ tag: 'pre[data-source]', preserveWhitespace: 'full' as const, priority: 60 }],
    toDOM: () => ['pre', { 'data-source': '' }, 0],
  },
  horizontal_rule: { group: 'block', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
  image: {
    inline: true,
    group: 'inline',
    draggable: true,
    attrs: { src: {}, alt: { default: '' } },
    parseDOM: [
      {
        tag: 'img[src]',
        // Others are links when they are published, so they are left to be links.
        getAttrs: (image: HTMLElement) => {
          const src = (image.getAttribute('src') ?? '').replace(paths.ownImage('/images/'), '/images/')
          return OUR_IMAGE.test(src) && { src, alt: image.getAttribute('alt') ?? '' }
        },
      },
    ],
    toDOM: ({ attrs }: Node) => ['img', sized(attrs)],
  },
  hard_break: { inline: true, group: 'inline', selectable: false, parseDOM: [{ tag: 'br' }], toDOM: () => ['br'] },
  text: { group: 'inline' },
} satisfies Record<string, NodeSpec>

// In the order in which they stand in each other.
const marks = {
  link: {
    attrs: { href: {} },
    inclusive: false,
    parseDOM: [{ tag: 'a[href]', getAttrs: (link: HTMLElement) => webAddress(link.getAttribute('href') ?? '') }],
    toDOM: ({ attrs }) => ['a', { href: attrs.href }, 0],
  },
  em: { parseDOM: [{ tag: 'em' }, { tag: 'i' }], toDOM: () => ['em', 0] },
  strong: { parseDOM: [{ tag: 'strong' }, { tag: 'b' }], toDOM: () => ['strong', 0] },
  strike: { parseDOM: [{ tag: 'del' }, { tag: 's' }, { tag: 'strike' }], toDOM: () => ['del', 0] },
  code: { parseDOM: [{ tag: 'code' }, { tag: 'tt' }], toDOM: () => ['code', 0] },
} satisfies Record<string, MarkSpec>

export type MarkName = keyof typeof marks

/** What the editor shows as it will look; everything else is Markdown in it. */
export const schema = new Schema<keyof typeof nodes, keyof typeof marks>({ nodes, marks })

/** An address as a link's, or false where it is none of the web. */
export function webAddress(given: string): { href: string } | false {
  return /^https?:\/\/[^\s]+$/i.test(given) && URL.canParse(given) && { href: given }
}

function sized({ src, alt }: Attrs): Record<string, string> {
  const [, width = '', height = ''] = OUR_IMAGE.exec(src) ?? []
  // Only whoever uploaded it sees it until it is published.
  return { src: paths.ownImage(src), alt, width, height }
}
