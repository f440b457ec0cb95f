import { keep, kept } from '#components/enhance/kept.ts'
import { onClick } from '#components/enhance/on-click.ts'
import { whenShownAgain } from '#components/enhance/shown-again.ts'
import { THEME_KEY } from '#components/enhance/theme.ts'

/** Light or dark by the system, until the reader chooses; choosing what the system has leaves it to the system again. */
export function switchTheme(): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const tell = () => {
    for (const button of document.querySelectorAll('[data-theme-switch]')) button.setAttribute('aria-pressed', `${isDark(system)}`)
  }
  const stops = [
    onClick('[data-theme-switch]', () => {
      const dark = !isDark(system)
      keep(THEME_KEY, dark === system.matches ? null : dark ? 'dark' : 'light')
      showKept()
      tell()
    }),
    // Another page may have been switched meanwhile.
    whenShownAgain(() => {
      showKept()
      tell()
    }),
  ]
  system.addEventListener('change', tell)
  tell()
  return () => {
    for (const stop of stops) stop()
    system.removeEventListener('change', tell)
  }
}

function isDark(system: MediaQueryList): boolean {
  const { theme } = document.documentElement.dataset
  return theme ? theme === 'dark' : system.matches
}

/** As head-script.ts does before anything is drawn. */
function showKept(): void {
  const { dataset } = document.documentElement
  const theme = kept(THEME_KEY)
  if (theme === 'dark' || theme === 'light') dataset.theme = theme
  else delete dataset.theme
}
