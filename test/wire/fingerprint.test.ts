import { expect, it } from 'vitest'
import { fromHex } from '../../src/bytes.ts'
import { hellos } from '../../src/hellos/index.ts'
import { ja3, ja3Text, ja4 } from '../../src/wire/fingerprint.ts'
import { type ParsedHello, parseClientHello } from '../../src/wire/parse-client-hello.ts'
import { encodeClientHello } from '../../src/wire/tls.ts'

/** A hello of these values alone. */
function parsed(values: Partial<ParsedHello>, types: readonly number[] = []): ParsedHello {
  return {
    recordVersion: 0x0301,
    legacyVersion: 0x0303,
    random: new Uint8Array(32),
    sessionId: new Uint8Array(),
    suites: [],
    compressionMethods: [0],
    extensions: types.map(type => ({ type, body: new Uint8Array() })),
    serverName: null,
    versions: [],
    groups: [],
    keyShares: [],
    signatureSchemes: [],
    alpn: [],
    pointFormats: [],
    pskModes: [],
    certificateCompression: [],
    ...values,
  }
}

const codes = (text: string) => text.split(',').map(code => Number.parseInt(code, 16))

// github.com/salesforce/ja3 README.md
it.each([
  [
    parsed(
      {
        legacyVersion: 769,
        suites: [47, 53, 5, 10, 49161, 49162, 49171, 49172, 50, 56, 19, 4],
        groups: [23, 24, 25],
        pointFormats: [0],
      },
      [0, 10, 11],
    ),
    '769,47-53-5-10-49161-49162-49171-49172-50-56-19-4,0-10-11,23-24-25,0',
    'ada70206e40642a3e4461f35503241d5',
  ],
  [
    parsed({ legacyVersion: 769, suites: [4, 5, 10, 9, 100, 98, 3, 6, 19, 18, 99] }),
    '769,4-5-10-9-100-98-3-6-19-18-99,,,',
    'de350869b8c85de67a350c8d186f11e6',
  ],
])('JA3 as its authors give it', (hello, text, hash) => {
  expect(ja3Text(hello)).toBe(text)
  expect(ja3(hello)).toBe(hash)
})

// github.com/FoxIO-LLC/ja4 technical_details/JA4.md
const EXAMPLE = parsed(
  {
    versions: codes('7a7a,0304,0303'),
    suites: codes(
      'dada,1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035',
    ),
    signatureSchemes: codes('0403,0804,0401,0503,0805,0501,0806,0601'),
    alpn: ['h2', 'http/1.1'],
  },
  codes(
    '1a1a,001b,0000,0033,0010,4469,0017,002d,000d,0005,0023,0012,002b,ff01,000b,000a,2a2a,0015',
  ),
)

it('JA4 as its authors give it', () => {
  expect(ja4(EXAMPLE)).toBe('t13d1516h2_8daaf6152771_e5627efa2ab1')
  expect(ja4({ ...EXAMPLE, signatureSchemes: [] })).toBe('t13d1516h2_8daaf6152771_6d807ffa2a79')
})

it('JA4 where there is nothing to hash', () => {
  expect(ja4(parsed({}))).toBe('t12i000000_000000000000_000000000000')
  expect(ja4(parsed({ legacyVersion: 0x0300 }, [0]))).toBe('ts3d000100_000000000000_000000000000')
})

it.each([
  ['ab', 'ab'],
  ['abcd', 'ad'],
  ['30ab', '3b'],
  ['3031abcd', '3d'],
  ['30abcd31', '01'],
  ['68', 'hh'],
  ['687474702f312e31', 'h1'],
])('JA4 of the protocol %s is ...%s', (hex, sign) => {
  const alpn = [Buffer.from(fromHex(hex)).toString('latin1')]
  expect(ja4(parsed({ alpn })).slice(8, 10)).toBe(sign)
})

it('counts at most 99, and no GREASE', () => {
  const suites = Array.from({ length: 120 }, (_, index) => index + 1)
  expect(ja4(parsed({ suites })).slice(4, 8)).toBe('9900')
  expect(ja3Text(parsed({ suites: [0x0a0a, 1], groups: [0xfafa] }, [0x1a1a]))).toBe('771,1,,,')
})

it('is the one published for Chrome, whatever was drawn', async () => {
  const { spec } = hellos['chrome-101']
  const seen = new Set<string>()
  for (let count = 0; count < 3; count++) {
    const hello = parseClientHello(encodeClientHello(spec, 'a.example'))
    seen.add(`${ja4(hello)} ${ja3(hello)}`)
  }
  // The JA4 is that of the example above; the JA3 is known far and wide as that of Chrome 83 to 107.
  expect([...seen]).toEqual([
    't13d1516h2_8daaf6152771_e5627efa2ab1 cd08e31494f9531f560d64c695473da9',
  ])
})
