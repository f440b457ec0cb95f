/** A number beside one's picture, in a place that is there for everybody: nothing moves when it comes. */
export const UNREAD_LOOK =
  'absolute -left-1.5 top-2.5 flex h-6 min-w-6 items-center justify-center rounded-full bg-accent px-1.5 text-xs font-semibold tabular-nums text-paper no-underline'

/** At most 100 are counted (domain/notice/queries.ts). */
export function shownUnread(unread: number): string {
  return unread > 99 ? '99+' : String(unread)
}
