// Whatever a stranger says before TLS, a protocol ends with TLS or with an error of its own: never a hang, never a bug.
import { Duplex } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MpcertError } from '../../src/errors.ts'
import { type StarttlsId, starttls } from '../../src/starttls/index.ts'
import { afterStarttls } from '../../src/starttls.ts'

const MYSQL = [10, ...Buffer.from('8\0'), ...new Array<number>(13).fill(1), 0xff, 0xff]
const LDAP = [2, 1, 1, 0x78, 7, 0x0a, 1, 0, 4, 0, 4, 0]

/** All that a server says, in one go: the client takes it as its answers come due. */
const GOOD: Readonly<Record<StarttlsId, string | readonly number[]>> = {
  smtp: '220 a\r\n250-b\r\n250 STARTTLS\r\n220 c\r\n',
  ftp: '220 a\r\n234 b\r\n',
  imap: '* OK a\r\n* CAPABILITY STARTTLS\r\na OK b\r\nb OK c\r\n',
  pop3: '+OK a\r\n+OK b\r\n',
  postgres: 'S',
  mysql: [MYSQL.length, 0, 0, 0, ...MYSQL],
  ldap: [0x30, LDAP.length, ...LDAP],
  xmpp: '<stream:stream><stream:features><starttls/></stream:features><proceed/>',
}

/** `true` where TLS may begin; else the error's code. */
async function begin(id: StarttlsId, said: Uint8Array): Promise<string | true> {
  const stream = new Duplex({ read: () => {}, write: (_bytes, _encoding, done) => done() })
  stream.push(said)
  stream.push(null)
  const connect = afterStarttls(
    async () => ({ stream, rttMs: 1 }),
    await starttls[id](),
    'a.example',
  )
  try {
    await connect({ ip: '192.0.2.1', family: 4 }, 1, 5000)
    return true
  } catch (error) {
    if (!(error instanceof MpcertError)) throw error
    expect(error.text.en).not.toMatch(/[^\x20-\x7e]/)
    return error.code
  }
}

describe.each(Object.keys(GOOD) as StarttlsId[])('%s', id => {
  const good = Buffer.from(GOOD[id] as string)

  it('begins TLS after a good dialogue, and not before its end', async () => {
    expect(await begin(id, good)).toBe(true)
    for (let length = 0; length < good.length; length++)
      expect(await begin(id, good.subarray(0, length))).toBe('ERR_STARTTLS')
  })

  it('takes every flipped bit for an answer or a fault', async () => {
    for (let bit = 0; bit < 8 * good.length; bit++) {
      const flipped = Uint8Array.from(good)
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      expect([true, 'ERR_STARTTLS']).toContain(await begin(id, flipped))
    }
  })

  it('takes garbage for a fault', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async bytes => {
        expect([true, 'ERR_STARTTLS']).toContain(await begin(id, bytes))
      }),
    )
  })
})
