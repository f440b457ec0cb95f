/** Where the reader's choice is kept in the browser: "light" or "dark"; nothing while the system decides. */
export const THEME_KEY = 'theme'
