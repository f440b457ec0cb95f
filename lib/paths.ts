/** Every address of the site, made here and nowhere else. */
export const paths = {
  home: () => '/',
  communities: () => '/communities',
  community: (slug: string) => `/communities/${slug}`,
  communityAmas: (slug: string) => `/communities/${slug}/amas`,
  communityMentors: (slug: string) => `/communities/${slug}/mentors`,
  communityQuestions: (slug: string) => `/communities/${slug}/questions`,
  amas: () => '/amas',
  ama: (slug: string) => `/amas/${slug}`,
  amaCalendar: (slug: string) => `/amas/${slug}/calendar.ics`,
  communityCalendar: (slug: string) => `/communities/${slug}/calendar.ics`,
  /** What hosts of a community have to do, and of one AMA. */
  hosting: (communitySlug: string) => `/communities/${communitySlug}/host`,
  newAma: (communitySlug: string) => `/communities/${communitySlug}/amas/new`,
  hostedAma: (slug: string, done?: 'saved' | 'sent') => withQuery(`/amas/${slug}/host`, { done }),
  hostedAmaPicture: (slug: string) => `/amas/${slug}/host/picture`,
  localWords: (slug: string, done?: 'saved' | 'removed') => withQuery(`/amas/${slug}/words`, { done }),
  searchAma: (slug: string, q: string, after?: string) => withQuery(`/amas/${slug}`, { q, after }),
  presentAma: (slug: string, at?: number) => withQuery(`/amas/${slug}/present`, { at: at === undefined ? undefined : `${at}` }),
  editAma: (slug: string) => `/amas/${slug}/edit`,
  closeAma: (slug: string) => `/amas/${slug}/close`,
  amaInvitation: (slug: string) => `/amas/${slug}/invitation`,
  reminders: (slug: string) => `/api/amas/${slug}/reminder`,
  ownReminder: (slug: string, refused?: string) => withQuery(`/amas/${slug}/reminder`, { refused }),
  editAmaQuestion: (slug: string) => `/questions/${slug}/edit`,
  amaEvents: (slug: string) => `/api/amas/${slug}/events`,
  question: (slug: string) => `/questions/${slug}`,
  ownRequest: (slug: string, refused?: string) => withQuery(`/questions/${slug}/request`, { refused }),
  ownFollow: (thing: Followable, slug: string, refused?: string) => withQuery(`/${thing}s/${slug}/follow`, { refused }),
  follows: (thing: Followable, slug: string) => `/api/${thing}s/${slug}/follow`,
  following: (words?: string, after?: string) => withQuery('/following', { q: words, after }),
  myFeed: () => '/my/feed',
  ownMark: (kind: Mark, id: string, refused?: string) => withQuery(`/answers/${id}/${kind}`, { refused }),
  marks: (kind: Mark, id: string) => `/api/answers/${id}/${kind}`,
  mySaved: () => '/my/saved',
  requests: (slug: string) => `/api/questions/${slug}/request`,
  waitingPress: () => '/api/waiting-press',
  /** What people wish for, everywhere or in one community. */
  wantedList: (community?: string, after?: string) => withQuery('/wanted', { community, after }),
  wantedThing: (slug: string) => `/wanted/${slug}`,
  newWanted: (given: { community?: string; kind?: string; title?: string; draft?: string; refused?: string } = {}) =>
    withQuery('/wanted/new', given),
  wantedJoins: (slug: string) => `/api/wanted/${slug}/join`,
  /** For hosts: the ready invitation. For who is invited: yes and no. */
  hostedWanted: (slug: string, done?: 'invited' | 'saved') => withQuery(`/wanted/${slug}/host`, { done }),
  wantedInvitation: (slug: string, done?: 'declined' | 'offered') => withQuery(`/wanted/${slug}/invitation`, { done }),
  noInvitations: (word: string, done?: 'never' | 'again') => withQuery(`/no-invitations/${word}`, { done }),
  ownWanted: (slug: string, given: { refused?: string; done?: OwnWantedDone } = {}) => withQuery(`/wanted/${slug}/join`, given),
  answerQuestion: (slug: string, done?: AnswerDone) => withQuery(`/questions/${slug}/answer`, { done }),
  preparedAnswers: (amaSlug: string, done?: AnswerDone) => withQuery(`/amas/${amaSlug}/prepared`, { done }),
  answerHistory: (answerId: string) => `/answers/${answerId}/history`,
  answering: (slug: string) => `/api/questions/${slug}/answering`,
  answerDrafts: () => '/api/answer-drafts',
  answer: (questionSlug: string, answerId: string) => `/questions/${questionSlug}#${answerAnchor(answerId)}`,
  mentor: (handle: string) => `/mentors/${handle}`,
  member: (handle: string) => `/members/${handle}`,
  answerImages: () => '/api/answer-images',
  /** Where whoever uploaded a picture sees it, be it published or not; `src` is its public address. */
  ownImage: (src: string) => src.replace(/^\/images\//, '/api/answer-images/'),
  image: (image: { id: string; width: number; height: number }) => `/images/${imageFile(image)}`,
  portrait: (id: string, size: PortraitSize) => `/portraits/${portraitFile(id, size)}`,
  topic: (slug: string) => `/topics/${slug}`,
  topicQuestions: (slug: string) => `/topics/${slug}/questions`,
  company: (slug: string) => `/companies/${slug}`,
  feed: (kind: FeedKind, slug: string) => `/feeds/${kind}/${slug}`,
  picture: (kind: PictureKind, slug: string) => `/og/${kind}/${slug}`,
  sitemap: () => '/sitemap.xml',
  sitemapPart: (part: string) => `/sitemaps/${part}`,
  robots: () => '/robots.txt',
  views: () => '/api/views',
  search: (q?: string, kind?: string, after?: string, sort?: 'newest' | 'read') => withQuery('/search', { q, kind, sort, after }),
  suggestions: (q?: string) => withQuery('/api/suggestions', { q }),
  similar: (q?: string, community?: string) => withQuery('/api/similar', { q, community }),
  signIn: (next?: string) => withQuery('/sign-in', { next }),
  signInCode: (next?: string) => withQuery('/sign-in/code', { next }),
  signInLink: (token?: string) => withQuery('/sign-in/link', { token }),
  signInPassword: (next?: string) => withQuery('/sign-in/password', { next }),
  signInSecondFactor: (next?: string) => withQuery('/sign-in/second-factor', { next }),
  signUp: (next?: string) => withQuery('/sign-up', { next }),
  reset: () => '/reset',
  resetLink: (token?: string) => withQuery('/reset/link', { token }),
  settings: () => '/settings',
  settingsProfile: (done?: 'saved') => withQuery(SETTINGS_PROFILE, { done }),
  roles: (given: { community?: string; done?: RolesDone } = {}) => withQuery('/settings/roles', given),
  role: (id: string, given: { community?: string; done?: RoleDone } = {}) => withQuery(`/settings/roles/${id}`, given),
  /** Roles that wait to be checked in a community, and how mentors are invited there. */
  applications: (communitySlug: string, done?: 'accepted' | 'refused') => withQuery(`/communities/${communitySlug}/applications`, { done }),
  settingsData: (archive?: string) => withQuery('/settings/data', { archive }),
  archive: () => '/api/archive',
  settingsPassword: () => '/settings/password',
  settingsSecondFactor: () => '/settings/second-factor',
  settingsRecoveryCodes: () => '/settings/second-factor/codes',
  settingsPasskeys: () => '/settings/passkeys',
  settingsProviders: (done?: 'connected' | 'taken') => withQuery('/settings/providers', { done }),
  /** Leads on to the provider's page. `to`: what for. */
  provider: (id: ProviderId, given: { next?: string; to?: 'connect' } = {}) => withQuery(`/api/providers/${id}`, given),
  providerCallback: (id: ProviderId) => `/api/providers/${id}/callback`,
  signInProvider: (id: ProviderId, why: ProviderTrouble) => withQuery('/sign-in/provider', { id, why }),
  passkeySignIn: () => '/api/passkeys/sign-in',
  passkeyNew: () => '/api/passkeys/new',
  settingsEmail: () => '/settings/email',
  settingsEmailLink: (token?: string) => withQuery('/settings/email/link', { token }),
  ask: ({ ama, community, topic, mentor, draft }: AskWhere = {}) => withQuery('/ask', { ama, community, topic, mentor, draft }),
  /** The step between writing and asking where no script shows what is like it. */
  askCheck: (which: { draft?: string; place?: string }) => withQuery('/ask/check', which),
  drafts: () => '/api/drafts',
  answered: () => '/api/answered',
  myQuestions: () => '/my/questions',
  myQuestion: (slug: string, done?: MyQuestionDone) => withQuery(`/my/questions/${slug}`, { done }),
  queue: (where: QueueWhere = {}) => withQuery('/queue', where),
  queued: (slug: string, where: QueueWhere = {}) => withQuery(`/queue/${slug}`, where),
  insights: (range?: string, after?: string) => withQuery('/queue/insights', { range, after }),
  insightsFile: (what: 'days' | 'answers', range?: string) => withQuery(`/queue/insights/${what}.csv`, { range }),
  checking: (communitySlug: string) => `/communities/${communitySlug}/checking`,
  report: (thing: string, id: string) => withQuery('/report', { thing, id }),
  moderation: () => '/moderation',
  moderated: (thing: string, id: string) => `/moderation/${thing}/${id}`,
  moderatedPortrait: (memberId: string) => withQuery('/api/moderated-portrait', { of: memberId }),
  moderationActs: () => '/moderation/acts',
  myNotices: (kind?: string, after?: string) => withQuery('/my/notices', { kind, after }),
  readNotices: () => '/api/notices',
  /** Marks it as read and leads on. */
  notice: (id: string) => `/api/notices/${id}`,
  settingsNotices: (done?: 'saved') => withQuery('/settings/notices', { done }),
  unsubscribe: (word: string, done?: 'done') => withQuery(`/unsubscribe/${word}`, { done }),
  /** Where a mail program does it by itself. */
  oneClick: (word: string) => `${ONE_CLICK}${word}`,
  viewer: (presses: string[] = [], asks: { news?: string; places?: string } = {}) =>
    withQuery('/api/viewer', { ...idsByKind(presses), ...asks }),
  mailbox: () => '/dev/mail',
  sitePage: (slug: 'about' | 'guidelines' | 'privacy' | 'terms' | 'contact') => `/${slug}`,
  setUp: (token?: string) => withQuery('/setup', { token }),
  invitation: (word: string) => `/invitations/${word}`,
  admin: (done?: 'saved') => withQuery('/admin', { done }),
  adminCommunities: () => '/admin/communities',
  adminCommunity: (slug: string, done?: 'saved') => withQuery(`/admin/communities/${slug}`, { done }),
  adminTopic: (slug: string, done?: 'saved') => withQuery(`/admin/topics/${slug}`, { done }),
  adminLog: () => '/admin/log',
  adminPage: (slug: string, done?: 'saved') => withQuery(`/admin/pages/${slug}`, { done }),
} as const

/** What the page of what one wishes for says has just been done. */
type OwnWantedDone = 'asked' | 'saved'

/** Where to ask: a slug or handle, of a mentor with the community if there are several; or the word of what waits for a sign-in. */
export type AskWhere = { ama?: string; community?: string; topic?: string; mentor?: string; draft?: string }

/** What the page of an own question says has just been done. */
export type MyQuestionDone = 'asked' | 'saved' | 'added'

/** A part of the queue: of one source, in one order, what fits into some minutes, what is set aside; and what was just done with a question. */
export type QueueWhere = { from?: string; order?: string; minutes?: string; aside?: string; after?: string; done?: string; of?: string }

/** What the page of one's roles, and that of one of them, says has just been done. */
type RolesDone = 'removed' | 'checked'
type RoleDone = 'added' | 'saved' | 'sent' | 'waits'

/** What the page on which a mentor answers says has just been done. */
export type AnswerDone =
  | 'preview'
  | 'joined'
  | 'published'
  | 'prepared'
  | 'again'
  | 'changed'
  | 'point'
  | 'point-gone'
  | 'taken-back'
  | 'taken-away'
  | 'removed'
  | 'image'

/** What can be done with an answer. */
type Mark = 'save' | 'helpful' | 'thanks'

/** What can be followed. */
type Followable = 'mentor' | 'topic' | 'question'

/** Sites that say who somebody is; `openid` is any other that the operator chose. */
export const PROVIDERS = ['google', 'linkedin', 'github', 'openid'] as const
export type ProviderId = (typeof PROVIDERS)[number]

/** Why somebody who came from a provider is not in: nobody here is known by it, or something went wrong. */
export type ProviderTrouble = 'unknown' | 'failed'

/** Where a POST comes from no page of ours, and what it brings says all. */
export const ONE_CLICK = '/api/unsubscribe/'

const SETTINGS_PROFILE = '/settings/profile'

/** The two squares that are kept of a member's picture, in pixels: for lists, and for the top of a page. */
export type PortraitSize = 96 | 192

/** The name of such a square, as a file and at the end of its address. */
export function portraitFile(id: string, size: PortraitSize): string {
  return `${id}-${size}.webp`
}

/** The name of a picture in answers, as a file and at the end of its address: its size in pixels is in it, so that nothing shifts. */
export function imageFile({ id, width, height }: { id: string; width: number; height: number }): string {
  return `${id}-${width}x${height}.webp`
}

export function isImageFile(file: string): boolean {
  return /^[0-9a-f-]{36}-\d{1,4}x\d{1,4}\.webp$/.test(file)
}

/** A list's address where it goes on behind a cursor; without one its first page. */
export function afterHref(path: string, after: string | string[] | undefined, order?: string): string {
  return withQuery(path, { order, after: typeof after === 'string' ? after : undefined })
}

/** "request:ID" and "request:ID2" as `request=ID,ID2`. */
function idsByKind(presses: string[]): Record<string, string> {
  const ids: Record<string, string[]> = {}
  for (const [kind = '', id = ''] of presses.map((press) => press.split(':'))) ids[kind] = [...(ids[kind] ?? []), id]
  return Object.fromEntries(Object.entries(ids).map(([kind, list]) => [kind, list.join()]))
}

function withQuery(path: string, given: Record<string, string | undefined>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(given)) if (value) query.set(name, value)
  return query.size ? `${path}?${query}` : path
}

export type FeedKind = 'communities' | 'topics' | 'mentors' | 'amas'
export type PictureKind = 'amas' | 'questions' | 'mentors'

/** The id of an answer's element on its pages, and the end of its permalink. */
export function answerAnchor(answerId: string): string {
  return `answer-${answerId}`
}

const slug = '[a-z0-9-]+'
const cacheable: { path: RegExp; query: string[] }[] = [
  { path: /^\/$/, query: [] },
  { path: /^\/communities$/, query: ['after'] },
  { path: new RegExp(`^/communities/${slug}$`), query: [] },
  { path: new RegExp(`^/communities/${slug}/amas$`), query: ['after', 'order'] },
  { path: new RegExp(`^/communities/${slug}/mentors$`), query: ['after', 'order'] },
  { path: new RegExp(`^/communities/${slug}/questions$`), query: ['after', 'order'] },
  { path: /^\/amas$/, query: ['after', 'order'] },
  { path: /^\/search$/, query: ['after', 'before', 'community', 'company', 'is', 'kind', 'mentor', 'q', 'sort', 'topic'] },
  { path: /^\/api\/suggestions$/, query: ['q'] },
  { path: new RegExp(`^/amas/${slug}$`), query: ['after', 'numbers', 'q', 'upto'] },
  { path: new RegExp(`^/amas/${slug}/present$`), query: ['at', 'upto'] },
  { path: new RegExp(`^/(amas|communities)/${slug}/calendar\\.ics$`), query: [] },
  { path: new RegExp(`^/questions/${slug}$`), query: ['after'] },
  { path: /^\/answers\/[0-9a-f-]{36}\/history$/, query: ['after'] },
  { path: new RegExp(`^/mentors/${slug}$`), query: ['after'] },
  { path: new RegExp(`^/members/${slug}$`), query: [] },
  { path: /^\/images\/[0-9a-f-]{36}-\d{1,4}x\d{1,4}\.webp$/, query: [] },
  { path: /^\/portraits\/[0-9a-f-]{36}-(96|192)\.webp$/, query: [] },
  { path: new RegExp(`^/topics/${slug}$`), query: [] },
  { path: new RegExp(`^/topics/${slug}/questions$`), query: ['after', 'order'] },
  { path: new RegExp(`^/companies/${slug}$`), query: ['after'] },
  { path: new RegExp(`^/feeds/(communities|topics|mentors|amas)/${slug}$`), query: [] },
  { path: new RegExp(`^/og/(amas|questions|mentors)/${slug}$`), query: [] },
  { path: /^\/wanted$/, query: ['after', 'community'] },
  { path: new RegExp(`^/wanted/(?!new$)${slug}$`), query: [] },
  { path: /^\/(about|guidelines|privacy|terms|contact)$/, query: [] },
  { path: /^\/(sitemap\.xml|robots\.txt)$/, query: [] },
  { path: new RegExp(`^/sitemaps/${slug}$`), query: [] },
]

/** The AMA whose events stand at this address; server.ts streams them itself. Null for any other address. */
export function followedAma(pathname: string): string | null {
  return /^\/api\/amas\/([a-z0-9-]+)\/events$/.exec(pathname)?.[1] ?? null
}

/** Whether there is another page behind every word that somebody can make up: of an address as it is kept. */
export function isEndless(address: string): boolean {
  return /^\/(search|api\/suggestions)(\?|$)|[?&](at|numbers|q|upto)=/.test(address)
}

/**
 * Whether what stands at a public address is the same for ever: another picture has another id. Pictures of answers are gone
 * with them, so no cache keeps one longer than a page.
 */
export function isLasting(pathname: string): boolean {
  return /^\/(_next\/static|portraits)\//.test(pathname)
}

/** Whether a form may be sent to this page. Those of pages/ take none: Next would make them for it, as if it were read. */
export function takesForms(pathname: string): boolean {
  return pathname !== paths.search()
}

/** Bytes that a picture may have as it is uploaded. */
export const UPLOAD_BYTES = 5 * 1024 * 1024

/** Whether a picture may come to this address. */
export function takesPictures(pathname: string): boolean {
  return pathname === SETTINGS_PROFILE || pathname === paths.answerImages() || /^\/questions\/[a-z0-9-]+\/answer$/.test(pathname)
}

/**
 * The query parameters that a public page reads, or null where the page is not public. Public pages are the same bytes
 * for everybody, so server.ts may keep them.
 */
export function publicPage(pathname: string): { query: readonly string[] } | null {
  return cacheable.find(({ path }) => path.test(pathname)) ?? null
}
