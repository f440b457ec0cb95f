import { enhance } from '#components/enhance/enhance.ts'

// The one script of public pages, which lib/front/pack-public-script.ts makes into a file of its own: nothing on them is drawn by
// the browser, so the framework is not sent along (docs/decisions/020). Each page is loaded anew, and nothing has to end.
enhance()
