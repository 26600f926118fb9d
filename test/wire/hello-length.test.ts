import { expect, it } from 'vitest'
import { hellos } from '../../src/hellos/index.ts'
import { helloLength, isLarge } from '../../src/wire/hello-length.ts'
import { encodeClientHello } from '../../src/wire/tls.ts'

const zeros = (length: number) => new Uint8Array(length)

it.each(Object.entries(hellos))('%s is as long as what is sent', async (_, { spec }) => {
  const sent = encodeClientHello(spec, 'www.example.com', zeros)
  expect(helloLength(spec)).toBe(sent.length)
})

it('only post-quantum hellos are large, and the ones we fill up', () => {
  const large = Object.values(hellos).filter(({ spec }) => isLarge(spec))
  expect(large.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['chromium-156', 'ios-26.4', 'large', 'large-in-two']),
  )
  expect(large.map(({ id }) => id)).not.toContain('chrome-101')
})
