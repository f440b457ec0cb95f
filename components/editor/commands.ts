import { lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands'
import { redo, undo } from 'prosemirror-history'
import { liftListItem, wrapInList } from 'prosemirror-schema-list'
import type { Command, EditorState } from 'prosemirror-state'
import { type MarkName, schema } from '#components/editor/schema.ts'

const { marks, nodes } = schema

/** A button of the toolbar: what it is called, by which keys it goes as well ("Mod" is Ctrl, or Cmd on a Mac), and whether it is on. */
export type Tool = { words: string; keys?: string; run: Command; isOn?: (state: EditorState) => boolean }

export const tools: Tool[] = [
  { words: 'Bold', keys: 'Mod-b', run: toggleMark(marks.strong), isOn: hasMark('strong') },
  { words: 'Italic', keys: 'Mod-i', run: toggleMark(marks.em), isOn: hasMark('em') },
  { words: 'Code', keys: 'Mod-e', run: toggleMark(marks.code), isOn: hasMark('code') },
  { words: 'Heading', keys: 'Mod-Alt-2', run: turned('heading', { level: 2 }), isOn: isIn('heading', ({ level = 2 }) => level < 3) },
  { words: 'Subheading', keys: 'Mod-Alt-3', run: turned('heading', { level: 3 }), isOn: isIn('heading', ({ level = 2 }) => level > 2) },
  { words: 'List', keys: 'Mod-Shift-8', run: listed('bullet_list'), isOn: isIn('bullet_list') },
  { words: 'Numbers', keys: 'Mod-Shift-7', run: listed('ordered_list'), isOn: isIn('ordered_list') },
  { words: 'Quote', keys: 'Mod-Shift-9', run: quoted, isOn: isIn('blockquote') },
  { words: 'Code block', keys: 'Mod-Alt-c', run: turned('code_block'), isOn: isIn('code_block') },
  { words: 'Undo', keys: 'Mod-z', run: undo },
  { words: 'Redo', keys: 'Mod-Shift-z', run: redo },
]

/** Whether what is typed next, or all that is chosen, has the mark. */
export function hasMark(name: MarkName): (state: EditorState) => boolean {
  return ({ selection, storedMarks, doc }) =>
    selection.empty
      ? marks[name].isInSet(storedMarks ?? selection.$from.marks()) !== undefined
      : doc.rangeHasMark(selection.from, selection.to, marks[name])
}

function isIn(name: keyof typeof nodes, fits: (attrs: Record<string, number>) => boolean = () => true) {
  return ({ selection: { $from } }: EditorState): boolean => {
    for (let depth = $from.depth; depth > 0; depth--) {
      const { type, attrs } = $from.node(depth)
      if (type.name === name) return fits(attrs)
    }
    return false
  }
}

/** To that kind of block, or back to a paragraph. */
function turned(name: 'heading' | 'code_block', attrs: { level?: number } = {}): Command {
  const isThat = isIn(name, ({ level }) => level === attrs.level)
  return (state, dispatch) => (isThat(state) ? setBlockType(nodes.paragraph) : setBlockType(nodes[name], attrs))(state, dispatch)
}

function listed(name: 'bullet_list' | 'ordered_list'): Command {
  return (state, dispatch) => (isIn(name)(state) ? liftListItem(nodes.list_item) : wrapInList(nodes[name]))(state, dispatch)
}

function quoted(state: EditorState, dispatch?: Parameters<Command>[1]): boolean {
  return (isIn('blockquote')(state) ? lift : wrapIn(nodes.blockquote))(state, dispatch)
}
