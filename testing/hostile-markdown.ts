import fc from 'fast-check'

const schemes = [
  ...['javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', 'java\tscript:alert(1)', 'java&#10;script:alert(1)'],
  ...['javascript&colon;alert(1)', 'javascript&#58;alert(1)', 'javascript&#x3a;alert(1)', '&#106;avascript:alert(1)', '&#x6A;avascript:alert(1)'],
  ...['\u0001javascript:alert(1)', 'javascript\\:alert(1)', 'javascript:%61lert(1)', 'javascript://a.example/%0aalert(1)', 'ｊavascript:alert(1)'],
  ...['data:text/html,<script>alert(1)</script>', 'data:text/html;base64,PHNjcmlwdD4=', 'DATA:image/svg+xml,<svg onload=alert(1)>', 'vbscript:msgbox(1)'],
  ...['VBSCRIPT:msgbox(1)', 'file:///etc/passwd', 'blob:https://a.example/1', 'filesystem:https://a.example/1', 'view-source:https://a.example/'],
  ...['mailto:a@b.example?bcc=c', 'tel:1', 'ftp://a.example/', 'ws://a.example', 'about:blank', 'chrome://settings', 'intent://a#Intent;end'],
  ...['//evil.example', '/\\evil.example', '\\\\evil.example', 'https:evil.example', 'https:/evil.example', 'http:\\\\evil.example', '?next=//evil.example'],
  ...['https://good.example@evil.example', 'https://a:b@evil.example/', 'https://evil.example\\@good.example', 'https://[::1', 'https://a b.example/'],
  ...['https://a.example/"onmouseover="alert(1)', "https://a.example/'onmouseover='alert(1)", 'https://a.example/><script>alert(1)</script>'],
  ...['https://a.example/`onclick=alert(1)', 'https://a.example/&quot;onclick=alert(1)', 'https://\u202ea.example/', 'https://a\u00ad.example/', ''],
]

const places: ((address: string) => string)[] = [
  (address) => `[a](${address})`,
  (address) => `[a](<${address}>)`,
  (address) => `[a](${address} "title onclick=alert(1)")`,
  (address) => `![a](${address})`,
  (address) => `![a" onerror="alert(1)](${address})`,
  (address) => `[![a](${address})](${address})`,
  (address) => `[a][b]\n\n[b]: ${address}`,
  (address) => `![a][b]\n\n[b]: <${address}> 'c'`,
  (address) => `<${address}>`,
  (address) => address,
  (address) => `[a [b](${address}) c](${address})`,
  (address) => `[](${address})`,
  (address) => `| [a](${address}) |\n|-|\n| ${address} |`,
  (address) => `# [a](${address})`,
  (address) => `- [x] [a](${address})`,
  (address) => `> \`a\` **[a](${address})**`,
  (address) => `<a href="${address}">a</a>`,
  (address) => `<img src="${address}">`,
  (address) => `a[^1]\n\n[^1]: [a](${address})`,
]

const tags = [
  ...['<script>alert(1)</script>', '<ScRiPt src=//evil.example></ScRiPt>', '<img src=x onerror=alert(1)>', '<svg onload=alert(1)>', '<svg/onload=alert(1)//'],
  ...['<svg><script>alert(1)</script></svg>', '<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>', '<iframe src=javascript:alert(1)>'],
  ...['<iframe srcdoc="<script>alert(1)</script>">', '<object data=data:text/html,a>', '<embed src=a>', '<form action=//evil.example><input name=a>', '<button formaction=a>'],
  ...['<base href=//evil.example>', '<meta http-equiv=refresh content=0>', '<link rel=stylesheet href=a>', '<style>*{display:none}</style>', '<p style="position:fixed">a</p>'],
  ...['<div class="fixed" id="main">', '<a id=location name=cookie>', '<input autofocus onfocus=alert(1)>', '<details open ontoggle=alert(1)>', '<video><source onerror=alert(1)>'],
  ...['<body onload=alert(1)>', '<html>', '</p></div></article>', '<table><tr><td>', '<!-- a -->', '<!--more-->', '<!--><script>alert(1)</script>-->', '<![CDATA[a]]>'],
  ...['<?php a ?>', '<!DOCTYPE html>', '<template><script>alert(1)</script></template>', '<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '<xmp>', '<plaintext>'],
  ...['<textarea></textarea><script>', '<title><img src=x onerror=alert(1)></title>', '<span data-rest>a</span>', '<span data-more onclick=alert(1)>', '<a\nhref=a>', '<\u0000script>'],
  ...['&lt;script&gt;alert(1)&lt;/script&gt;', '&#60;script&#62;', '&#x3C;img src=x onerror=alert(1)&#x3E;', '\\<script>', '＜script＞', '<scr<script>ipt>', '%3Cscript%3E'],
]

const surroundings: ((tag: string) => string)[] = [
  (tag) => tag,
  (tag) => `a ${tag} b`,
  (tag) => `${tag}\n\n*a*\n\n${tag}`,
  (tag) => `**${tag}**`,
  (tag) => `\`${tag}\``,
  (tag) => `\`\`\`${tag}\n${tag}\n\`\`\``,
  (tag) => `    ${tag}`,
  (tag) => `# ${tag}`,
  (tag) => `> ${tag}\n${tag}`,
  (tag) => `1. ${tag}\n\n   ${tag}`,
  (tag) => `[${tag}](https://a.example/)`,
  (tag) => `[a](https://a.example/ "${tag}")`,
  (tag) => `![${tag}](https://a.example/)`,
  (tag) => `|${tag}|\n|-|\n|${tag}|`,
  (tag) => `a[^${tag}]\n\n[^${tag}]: ${tag}`,
  (tag) => `${'word '.repeat(110)}${tag} ${'word '.repeat(40)}`,
]

/** Every known way into a page, in every place that Markdown has for it. */
export const hostileMarkdown = [
  ...schemes.flatMap((address) => places.map((place) => place(address))),
  ...tags.flatMap((tag) => surroundings.map((around) => around(tag))),
]

const pieces = [
  ...['# ', '## ', '> ', '- ', '1. ', '- [x] ', '    ', '```\n', '~~~', '---\n', '\n', '\n\n', '  \n', '\t', '|', '|-|-|\n', '| a | b |\n'],
  ...['*', '**', '_', '~~', '`', '``', '[', ']', '](', '](https://a.example/b)', '![', '(', ')', '<', '>', '\\', '!', '[a]: https://a.example\n', '[a]', '[^1]'],
  ...['&', '&amp;', '&#0;', '&#xD800;', '"', "'", '=', ' onclick=alert(1)', 'https://a.example/?b=c&d', 'www.a.example', 'a@b.example', '<!--more-->', '<span data-rest>'],
  ...['javascript:', '<script>', '</p>', '<b>', '\u0000', '\ud83d', '\udc4d', '👩‍👩‍👧‍👦', 'e\u0301', '\u200d', '\u202e', '日本語の文', 'ไทย', '\u00a0', '…'],
]

const words = fc.array(fc.lorem({ maxCount: 12 }), { minLength: 1, maxLength: 12 }).map((some) => some.join(' '))
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...pieces) },
  { weight: 2, arbitrary: words },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 10 }) },
  { weight: 1, arbitrary: fc.constantFrom(...schemes, ...tags) },
)

/** Texts of any length up to some thousand characters, in which all that Markdown knows meets by chance. */
export const markdownish = fc.array(piece, { maxLength: 60 }).map((some) => some.join(''))
