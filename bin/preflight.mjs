// What can be told before any long work, in one sentence and exit code 1: a port that is in use, a database that is not
// there. Runs on any Node from 20.19 and imports no package, since nothing is installed yet.
import { connect, createServer } from 'node:net'

const command = `bin/${process.argv[2] ?? 'start'}`
const port = process.env.PORT || '3000'
const host = process.env.HOST || '127.0.0.1'

const sentence = portSentence() ?? (await listenSentence()) ?? (await databaseSentence())
if (sentence) console.error(sentence)
process.exit(sentence ? 1 : 0)

function portSentence() {
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535) return `PORT=${port} is not a port: a number from 1 to 65535 is.`
}

function listenSentence() {
  const server = createServer()
  return new Promise((resolve) => {
    server.on('error', ({ code, message }) => resolve(listenError(code) ?? `Port ${port} on ${host} cannot be opened: ${message}.`))
    server.listen(Number(port), host, () => server.close(() => resolve(undefined)))
  })
}

function listenError(code) {
  const another = Number(port) < 65535 ? Number(port) + 1 : 3000
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${host} is in use: stop what listens there, or take another with PORT=${another} ${command}.`
  if (code === 'EACCES')
    return `Port ${port} may only be opened by root: take one from 1024 up with PORT=${another > 1024 ? another : 3000} ${command}.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST=${host} is not an address of this machine.`
}

function databaseSentence() {
  if (!process.env.DATABASE_URL) return undefined
  let url
  try {
    url = new URL(process.env.DATABASE_URL)
  } catch {}
  if (!url || !/^postgres(ql)?:$/.test(url.protocol))
    return 'DATABASE_URL is not an address such as postgresql://user:password@host:5432/name.'
  // A socket folder is left to the driver, which comes later.
  if (url.searchParams.has('host') || !url.hostname) return undefined
  const at = `${url.hostname}:${url.port || 5432}`
  const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 5432) })
  return new Promise((resolve) => {
    socket.setTimeout(5_000, () => resolve('no answer within 5 seconds'))
    socket.on('error', (error) => resolve(error.code === 'ECONNREFUSED' ? 'nothing listens there' : error.message || error.code))
    socket.on('connect', () => resolve(undefined))
  }).then((why) => {
    socket.destroy()
    return (
      why && `The database of DATABASE_URL cannot be reached at ${at} (${why}): start it, or unset DATABASE_URL to use the built-in one.`
    )
  })
}
