import { onClick } from '#components/enhance/on-click.ts'
import { THEME_KEY } from '#components/enhance/theme.ts'

/** Light or dark by the system, until the reader chooses; choosing what the system has leaves it to the system again. */
export function switchTheme(): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const tell = () => {
    for (const button of document.querySelectorAll('[data-theme-switch]')) button.ariaPressed = String(isDark(system))
  }
  const stopClicks = onClick('[data-theme-switch]', () => {
    choose(!isDark(system), system)
    tell()
  })
  system.addEventListener('change', tell)
  tell()
  return () => {
    stopClicks()
    system.removeEventListener('change', tell)
  }
}

function isDark(system: MediaQueryList): boolean {
  const { theme } = document.documentElement.dataset
  return theme ? theme === 'dark' : system.matches
}

function choose(dark: boolean, system: MediaQueryList): void {
  const { dataset } = document.documentElement
  try {
    if (dark === system.matches) {
      delete dataset.theme
      localStorage.removeItem(THEME_KEY)
    } else {
      dataset.theme = dark ? 'dark' : 'light'
      localStorage.setItem(THEME_KEY, dataset.theme)
    }
  } catch {
    // A browser that keeps nothing still switches this page.
  }
}
