import { isIPv4, isIPv6 } from 'node:net'

/** Where server.ts writes the address of the client; what comes in under this name is overwritten there. */
export const ADDRESS_HEADER = 'x-perch-address'

/**
 * What of an address stays the same for one household or device: an IPv4 address whole, the first 64 bits of an IPv6
 * address, whose other half devices change daily. Null where the text is no address.
 */
export function addressPrefix(address: string): string | null {
  // An IPv4 client of a socket that listens for both looks like ::ffff:192.0.2.1.
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (isIPv4(plain)) return plain
  if (!isIPv6(plain)) return null
  // The URL parser writes an address in its one short form: lower case, no leading zeros, no dots.
  const [head = '', tail] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::')
  const first = head ? head.split(':') : []
  const last = tail ? tail.split(':') : []
  const groups = tail === undefined ? first : [...first, ...Array<string>(8 - first.length - last.length).fill('0'), ...last]
  return `${groups.slice(0, 4).join(':')}::/64`
}
