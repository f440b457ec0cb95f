/** Where the reader's choice is kept in the browser: "light" or "dark"; nothing while the system decides. */
export const THEME_KEY = 'theme'

/**
 * Runs in the head before anything is drawn, so that a chosen theme never flashes; it also says that JavaScript is there.
 * Its text stands in the page, so the policy allows it by its hash.
 */
export const THEME_SCRIPT = `(function(d){d.dataset.js='';try{var t=localStorage.getItem('${THEME_KEY}');if(t==='light'||t==='dark')d.dataset.theme=t}catch(e){}})(document.documentElement)`
