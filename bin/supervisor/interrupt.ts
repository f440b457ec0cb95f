const stop = new AbortController()
const hurry = new AbortController()
let code = 0

/** Aborted by the first Ctrl-C, SIGTERM or SIGHUP: stop what was started, in order. */
export const stopping = stop.signal

/** Aborted by the second: no more waiting for what is in flight. */
export const hurrying = hurry.signal

/** Begins to listen. The command that calls this must end by itself once `stopping` is aborted. */
export function listenForSignals(): void {
  for (const [signal, number] of Object.entries({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 })) {
    process.on(signal, () => {
      code ||= 128 + number
      if (stop.signal.aborted) hurry.abort(new Interrupted())
      else stop.abort(new Interrupted())
    })
  }
}

/** What a shell expects of a command that a signal ended: 130 after Ctrl-C, 143 after SIGTERM; 0 before any. */
export function signalCode(): number {
  return code
}

/** Why work was given up: somebody asked us to stop. Nothing to complain about. */
export class Interrupted extends Error {
  override name = 'Interrupted'
}
