import { expect, test } from 'vitest'
import { addressPrefix } from '#lib/address.ts'

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:2:ffff:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::7', '2001:db8:0:0::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
])('%s is one of %s', (address, prefix) => {
  expect(addressPrefix(address)).toBe(prefix)
})

test.each(['', 'localhost', '192.0.2', '192.0.2.7, 10.0.0.1', '2001:db8::1::2'])('"%s" is no address', (text) => {
  expect(addressPrefix(text)).toBeNull()
})
