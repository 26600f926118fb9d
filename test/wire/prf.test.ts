import { expect, test } from 'vitest'
import { fromHex, toHex } from '../../src/bytes.ts'
import { keyBlock, prf } from '../../src/wire/prf.ts'

test('the PRF of TLS 1.2: the vector of the TLS working group for SHA-256', () => {
  const secret = fromHex('9bbe436ba940f017b17652849a71db35')
  const seed = fromHex('a0ba9f936cda311827a6f796ffd5198c')
  expect(toHex(prf('sha256', secret, 'test label', seed, 100))).toBe(
    'e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af' +
      '0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff70187347b66',
  )
})

test('the PRF of TLS 1.0: both hashes over their halves, which share the middle byte of an odd secret', () => {
  const secret = Uint8Array.of(1, 2, 3)
  const whole = prf('md5-sha1', secret, 'x', new Uint8Array(4), 40)
  const md5 = prf('md5', secret.subarray(0, 2), 'x', new Uint8Array(4), 40)
  const sha1 = prf('sha1', secret.subarray(1), 'x', new Uint8Array(4), 40)
  expect(toHex(whole)).toBe(toHex(md5.map((byte, index) => byte ^ sha1[index]!)))
})

test('the key block in its order', () => {
  const [master, client, server] = [
    new Uint8Array(48),
    new Uint8Array(32),
    new Uint8Array(32).fill(1),
  ]
  const keys = keyBlock('sha256', master, client, server, { mac: 2, key: 3, iv: 4 })
  const { clientMac, serverMac, clientKey, serverKey, clientIv, serverIv } = keys
  const parts = [clientMac, serverMac, clientKey, serverKey, clientIv, serverIv]
  const seed = new Uint8Array(64).fill(1, 0, 32)
  const block = prf('sha256', master, 'key expansion', seed, 18)
  expect(parts.map(toHex).join('')).toBe(toHex(block))
  expect(parts.map(part => part.length)).toEqual([2, 2, 3, 3, 4, 4])
})
