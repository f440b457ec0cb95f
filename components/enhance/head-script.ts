import { THEME_KEY } from '#components/enhance/theme.ts'
import { SIGNED_IN_HINT } from '#lib/signed-in-hint.ts'

/**
 * Runs in the head before anything is drawn: a chosen theme never flashes, nor "Sign in" for somebody who is. It also says
 * that JavaScript is there, and takes that back where a script does not come before all is ready: something changed it on its way,
 * or an update took it away. Its text stands in the page, so the policy allows it by its hash.
 */
export const HEAD_SCRIPT = `(function(d){d.dataset.js='';if(/(^|; )${SIGNED_IN_HINT}=/.test(document.cookie))d.dataset.in='';try{var t=localStorage.getItem('${THEME_KEY}');if(t==='light'||t==='dark')d.dataset.theme=t}catch(e){}addEventListener('error',function(e){if(e.target.tagName==='SCRIPT'&&!d.dataset.js){delete d.dataset.js;delete d.dataset.in}},true)})(document.documentElement)`
