import { onClick } from '#components/enhance/on-click.ts'

/** Opens a clipped answer where it stands. Its text is there already; without JavaScript the link leads to the question. */
export function openReadMore(): () => void {
  return onClick('[data-read-more]', (link, event) => {
    const answer = link.closest<HTMLElement>('[data-clipped]')
    if (!answer) return
    event.preventDefault()
    delete answer.dataset.clipped
    // The link is gone now: the reader goes on where the rest begins.
    const rest = answer.querySelector<HTMLElement>('[data-rest]')
    if (!rest) return
    rest.tabIndex = -1
    rest.focus({ preventScroll: true })
  })
}
