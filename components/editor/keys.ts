import { baseKeymap, chainCommands, exitCode } from 'prosemirror-commands'
import { history } from 'prosemirror-history'
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules'
import { keymap } from 'prosemirror-keymap'
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list'
import type { Command, Plugin } from 'prosemirror-state'
import { tools } from '#components/editor/commands.ts'
import { type MarkName, schema } from '#components/editor/schema.ts'

const { marks, nodes } = schema

/** What keys do, and what becomes of Markdown that is typed. Tab is not among them: it leads on, as everywhere on a page. */
export function typing(link: Command): Plugin[] {
  const named = Object.fromEntries(tools.flatMap(({ keys, run }) => (keys ? [[keys, run] as const] : [])))
  return [
    inputRules({
      rules: [
        textblockTypeInputRule(/^(#{1,6})\s$/, nodes.heading, (match) => ({ level: match[1]?.length ?? 2 })),
        textblockTypeInputRule(/^```$/, nodes.code_block),
        wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
        wrappingInputRule(/^\s*[-+*]\s$/, nodes.bullet_list),
        wrappingInputRule(
          /^(\d{1,9})[.)]\s$/,
          nodes.ordered_list,
          (match) => ({ order: Number(match[1]) }),
          (match, list) => list.childCount + list.attrs.order === Number(match[1]),
        ),
        marked(/\*\*([^*\s](?:[^*]*[^*\s])?)\*\*$/, 'strong'),
        marked(/(?<![*\w])\*([^*\s](?:[^*]*[^*\s])?)\*$/, 'em'),
        marked(/`([^`]+)`$/, 'code'),
      ],
    }),
    keymap({
      ...named,
      'Mod-k': link,
      'Mod-y': named['Mod-Shift-z'] as Command,
      Enter: splitListItem(nodes.list_item),
      'Mod-]': sinkListItem(nodes.list_item),
      'Mod-[': liftListItem(nodes.list_item),
      'Mod-Enter': exitCode,
      'Shift-Enter': chainCommands(exitCode, (state, dispatch) => {
        dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView())
        return true
      }),
      ArrowDown: leaveAtTheEnd,
    }),
    keymap(baseKeymap),
    history(),
  ]
}

/** **These** signs around words, once the last one is typed. */
function marked(sought: RegExp, name: MarkName): InputRule {
  return new InputRule(sought, (state, match, from, to) => {
    const [whole, words = ''] = match
    const start = from + whole.indexOf(words)
    if (!state.doc.resolve(from).parent.inlineContent || state.doc.rangeHasMark(from, to, marks.code)) return null
    const tr = state.tr
    if (start + words.length < to) tr.delete(start + words.length, to)
    if (start > from) tr.delete(from, start)
    return tr.addMark(from, from + words.length, marks[name].create()).removeStoredMark(marks[name])
  })
}

/** Below a block of code that is the last there is a line to go on. */
const leaveAtTheEnd: Command = (state, dispatch, view) => {
  const { $head, empty } = state.selection
  const last = $head.depth === 1 && $head.after() === state.doc.content.size
  if (!empty || !$head.parent.type.spec.code || !last || !view?.endOfTextblock('down')) return false
  return exitCode(state, dispatch)
}
