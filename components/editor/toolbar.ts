import type { EditorView } from 'prosemirror-view'
import { tools } from '#components/editor/commands.ts'
import { askForLink, askForWords, button } from '#components/editor/panels.ts'

type Toolbar = { dom: HTMLElement; panel: HTMLElement; update: (view: EditorView) => void }

/** Buttons above the text: one stop for Tab, arrows between them. `choose` opens the choice of a picture. */
export function makeToolbar(of: () => EditorView, choose: () => void): Toolbar {
  const dom = document.createElement('div')
  dom.className = 'editor-tools'
  dom.setAttribute('role', 'toolbar')
  dom.setAttribute('aria-label', 'Formatting')
  const panel = document.createElement('div')
  panel.className = 'editor-panel'
  panel.hidden = true
  const made = tools.map((tool) => ({
    tool,
    press: keyed(
      button(tool.words, () => {
        tool.run(of().state, of().dispatch, of())
        of().focus()
      }),
      tool.keys,
    ),
  }))
  const link = keyed(
    button('Link', () => askForLink(panel, of())),
    'Mod-k',
  )
  const picture = button('Picture', choose)
  const words = button('Words of the picture', () => askForWords(panel, of()))
  words.hidden = true
  const buttons = [...made.map(({ press }) => press), link, picture, words]
  dom.append(...buttons)
  oneStop(dom, buttons)
  return {
    dom,
    panel,
    update: ({ state }) => {
      for (const { tool, press } of made) if (tool.isOn) press.setAttribute('aria-pressed', `${tool.isOn(state)}`)
      words.hidden = !('node' in state.selection)
    },
  }
}

const isMac = () => /Mac|iP(hone|ad)/.test(navigator.platform)

function keyed(press: HTMLButtonElement, keys?: string): HTMLButtonElement {
  if (!keys) return press
  const names = keys.split('-').map((key) => (key === 'Mod' ? (isMac() ? 'Meta' : 'Control') : key.length === 1 ? key.toUpperCase() : key))
  press.setAttribute('aria-keyshortcuts', names.join('+'))
  press.title = `${press.textContent} (${names.map((name) => (name === 'Control' ? 'Ctrl' : name === 'Meta' ? 'Cmd' : name)).join('+')})`
  return press
}

/** As toolbars are gone through: Tab comes to the button that was used last, arrows go on. */
function oneStop(dom: HTMLElement, buttons: HTMLButtonElement[]): void {
  for (const [i, each] of buttons.entries()) each.tabIndex = i === 0 ? 0 : -1
  const reach = (to: HTMLButtonElement | undefined) => {
    if (!to) return
    for (const each of buttons) each.tabIndex = each === to ? 0 : -1
  }
  dom.addEventListener('focusin', ({ target }) => reach(buttons.find((each) => each === target)))
  dom.addEventListener('keydown', (event) => {
    const there = buttons.filter((each) => !each.hidden)
    const at = there.indexOf(document.activeElement as HTMLButtonElement)
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: there.length - 1 }[event.key]
    if (next === undefined) return
    event.preventDefault()
    there.at(next % there.length)?.focus()
  })
}
