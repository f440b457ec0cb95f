// Who may import whom; docs/decisions and the comments here say why. testing/architecture.test.ts runs it over the tree and
// plants a violation of each rule.

/** Nouns in the order in which foreign keys point: a noun imports only those before it. */
export const NOUNS = [
  'community',
  'topic',
  'company',
  'member',
  'mail-proof',
  'session',
  'pending-sign-in',
  'not-to-invite',
  'ama',
  'ama-reminder',
  'question',
  'answer-request',
  'draft',
  'account',
  'role',
  'authenticator',
  'passkey',
  'identity',
  'community-role',
  'site',
  'site-page',
  'invitation',
  'answer-draft',
  'answer-lease',
  'answer-image',
  'local-word',
  'answer',
  'ama-event',
  'answer-view',
  'answer-mark',
  'follow',
  'deflection',
  'wanted',
  'wanted-slot',
  'report',
]
/** Everybody may tell or ask them; they import no noun. */
export const SINKS = ['audit-event', 'mail', 'moderation-event', 'moved-slug', 'notice']
/** They look across all nouns, and no noun imports them. */
export const ACROSS = [
  'closing',
  'condition',
  'export',
  'feed',
  'hit',
  'import',
  'insights',
  'own-data',
  'picture',
  'queue',
  'related',
  'search',
  'similar',
  'sitemap',
  'suggestion',
  'words',
]

const anyOf = (names) => `(${names.join('|')})`
const TEST = '\\.(test|spec)\\.tsx?$|^(testing|e2e)/|^(vitest|playwright)\\.config\\.'
const OWN = '^(app|bench|bin|cli|components|domain|e2e|lib|pages|prisma|testing)/|^[^/]+\\.(ts|js|mjs)$'
const FRAMEWORK = '(^|/)node_modules/(next|react|react-dom|server-only|client-only)/'

/** lib that computes and touches nothing outside its arguments: fit for rules, and for the browser. */
const PLAIN_LIB = `^lib/${anyOf(['clip', 'count', 'cursor', 'form-state', 'json-ld', 'mark-words', 'markdown-cost', 'markdown-parse', 'named-in', 'paths', 'refusal', 'safe-next', 'signed-in-hint', 'slug', 'time', 'typed-text', 'viewer', 'word-end', 'xml', 'zone'])}\\.ts$`
/** What drawing on the server needs beside it. */
const DRAWING_LIB = '^lib/picture/'

/** A type that is imported is gone when the code runs. */
const runs = { dependencyTypesNot: ['type-only'] }

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const house = [
  {
    name: 'lib-knows-no-noun',
    comment: 'lib is plumbing; the one thing of Perch that it may see is the generated client.',
    from: { path: '^lib/', pathNot: TEST },
    to: { path: OWN, pathNot: ['^lib/', '^prisma/client/'] },
  },
  {
    name: 'client-only-through-db',
    comment: 'The pools of a process are in lib/db.ts.',
    from: { pathNot: ['^lib/db\\.ts$', '^prisma/client/'] },
    to: { path: '^prisma/client/', ...runs },
  },
  {
    name: 'rules-only-think',
    comment: 'Rules are decided without a database: zod, other rules, plain lib, lists that a package keeps. A row may be named.',
    from: { path: '^domain/[^/]+/rules\\.ts$' },
    to: { pathNot: ['^domain/[^/]+/rules\\.ts$', '(^|/)node_modules/(zod|isbot|tldts|free-email-domains)/', PLAIN_LIB], ...runs },
  },
  {
    name: 'plain-lib-stays-plain',
    comment: 'What rules and browsers use reads no file, no variable and no database.',
    from: { path: PLAIN_LIB },
    to: { path: [OWN, '^(node:)?(fs|net|http|https|process|child_process|crypto|os)(/|$)'], pathNot: PLAIN_LIB, ...runs },
  },
  {
    name: 'queries-only-read',
    from: { path: '^domain/[^/]+/queries\\.ts$' },
    to: { path: '^domain/[^/]+/(?!queries\\.ts$|rules\\.ts$)' },
  },
  {
    name: 'commands-know-no-door',
    comment: 'A command is called by pages, programs and tests alike; who asked is an argument.',
    from: { path: '^domain/', pathNot: ['/actions\\.ts$', TEST] },
    to: { path: '^domain/[^/]+/actions\\.ts$' },
  },
  {
    name: 'actions-are-doors',
    comment: 'An action leads to a command of its own noun, through lib/action.ts, and does nothing itself.',
    from: { path: '^domain/([^/]+)/actions\\.ts$' },
    to: { pathNot: ['^domain/$1/(commands|rules)\\.ts$', '^lib/'] },
  },
  {
    name: 'domain-knows-no-page',
    from: { path: '^domain/', pathNot: TEST },
    to: { path: OWN, pathNot: ['^domain/', '^lib/', '^prisma/client/'] },
  },
  ...NOUNS.map((noun, i) => ({
    name: `${noun}-imports-only-what-stands-before-it`,
    comment: "The shape of a later noun's rows may be named: a company lists mentors.",
    from: { path: `^domain/${noun}/`, pathNot: TEST },
    to: { path: `^domain/${anyOf([...NOUNS.slice(i + 1), ...ACROSS])}/`, ...runs },
  })),
  {
    name: 'sinks-import-no-noun',
    from: { path: `^domain/${anyOf(SINKS)}/`, pathNot: TEST },
    to: { path: '^domain/', pathNot: `^domain/${anyOf(SINKS)}/` },
  },
  {
    name: 'components-get-props',
    comment: 'Looks call rules and actions; of queries they name the shapes. What they show is handed to them.',
    from: { path: '^components/', pathNot: TEST },
    to: { path: '^domain/[^/]+/', pathNot: '^domain/[^/]+/(rules|actions)\\.ts$', ...runs },
  },
  {
    name: 'components-use-plain-lib',
    from: { path: '^components/', pathNot: TEST },
    to: { path: '^(lib|app|cli|bin|bench|pages|prisma)/', pathNot: [PLAIN_LIB, DRAWING_LIB], ...runs },
  },
  {
    name: 'ui-knows-no-noun',
    from: { path: '^components/ui/' },
    to: { path: ['^components/', '^domain/'], pathNot: '^components/ui/' },
  },
  {
    name: 'pages-load-and-compose',
    comment: 'Only route handlers under app/api and actions reach commands; app/auth.ts hands lib/session.ts what it asks for viewers.',
    from: { path: '^(app|pages)/', pathNot: ['^app/(api/|auth\\.ts$)', TEST] },
    to: { path: '^domain/[^/]+/', pathNot: '^domain/[^/]+/(rules|queries|actions)\\.ts$', ...runs },
  },
  {
    name: 'app-asks-the-domain',
    comment: 'No query stands in a page or a route handler.',
    from: { path: '^(app|pages)/', pathNot: TEST },
    to: { path: ['^lib/db(-session)?\\.ts$', '(^|/)node_modules/(pg|@prisma)/'] },
  },
  {
    name: 'nobody-imports-pages',
    comment: 'instrumentation.ts is where Next says that a process begins; app/auth.ts is no page.',
    from: { pathNot: ['^(app|pages)/', '^instrumentation\\.ts$', TEST] },
    to: { path: '^(app|pages)/' },
  },
  {
    name: 'frameworks-stay-outside',
    comment:
      'The domain and its programs run in Node alone. server.ts holds Next, the doors read its requests; lib names types of React where it draws.',
    from: {
      path: OWN,
      pathNot: ['^(app|components|pages)/', '^server\\.ts$', '^lib/(action|session)\\.ts$', '^(next|postcss)\\.config\\.', TEST],
    },
    to: { path: FRAMEWORK, ...runs },
  },
  {
    name: 'bin-stands-alone',
    comment: 'It starts everything else, and part of it runs before anything is installed.',
    from: { path: '^bin/', pathNot: TEST },
    to: { path: OWN, pathNot: '^bin/' },
  },
  {
    name: 'programs-are-started',
    comment: 'What starts a process when it is loaded is imported by nobody but its tests and its own folder.',
    from: { path: '^([^/]+)', pathNot: TEST },
    to: { path: '^(cli|bench|bin)/|^prisma/seed/seed\\.ts$|^(server|worker)\\.ts$', pathNot: '^$1(/|$)' },
  },
  {
    name: 'tests-stand-aside',
    comment: 'Lighthouse looks through the browser of the tests.',
    from: { pathNot: [TEST, '^bench/lighthouse\\.ts$'] },
    to: { path: TEST },
  },
]

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const everywhere = [
  {
    name: 'one-alias',
    comment: 'Another folder is named by its # address, a neighbour by either; app alone climbs, since its folders are addresses.',
    from: { path: '^(?!app/)(.+)/[^/]+$' },
    to: {
      path: OWN,
      pathNot: ['^$1/[^/]+$', '^[^/]+$', '^app/'],
      dependencyTypes: ['local'],
      dependencyTypesNot: ['aliased-subpath-import'],
    },
  },
  { name: 'no-cycles', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
  {
    name: 'no-dead-ends',
    comment: 'One alias: # of package.json, which Node knows. Paths of tsconfig lead nowhere. hast and mdast are types alone.',
    from: {},
    to: { couldNotResolve: true, pathNot: '^(hast|mdast)$' },
  },
  { name: 'packages-are-declared', from: {}, to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] } },
  {
    name: 'what-serves-is-a-dependency',
    from: { path: '^(app|cli|components|domain|lib|pages)/|^(jobs|server|worker)\\.ts$', pathNot: TEST },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
  },
]

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [...house, ...everywhere].map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: ['node_modules', '^prisma/client/'] },
    exclude: { path: '^(\\.next[^/]*|\\.perch|next-env\\.d\\.ts)' },
    // Else imports of types are not seen.
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
}
