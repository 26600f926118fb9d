import { readFileSync } from 'node:fs'
import type { TlsOptions } from 'node:tls'
import { beforeAll, describe, expect, test } from 'vitest'
import { GROUPS } from '../../src/wire/names.ts'
import { check, expectAgreement, HELLOS, shownByOpenssl, shownByUs } from './check.ts'
import { installNode } from './node-binary.ts'
import { type Folder, makeFolder } from './pki.ts'
import { requireProgram, startProgram } from './programs.ts'

const HYBRID = 'X25519MLKEM768'

let node = ''
beforeAll(() => {
  requireProgram('openssl')
  node = installNode('24.21.0')
})

describe(`${HYBRID}, which openssl as a client does not know`, () => {
  test.each<[Kind, TlsOptions]>([
    ['rsa-2048', {}],
    ['ec-p256', {}],
    ['ec-p256', { ciphers: 'TLS_CHACHA20_POLY1305_SHA256' }],
  ])('is chosen by itself, %s %o', async (kind, options) => {
    const folder = makeFolder()
    const port = await serve(folder, kind, options)
    const ours = shownByUs(await check(port, folder))
    const theirs = await shownByOpenssl(port)
    for (const [id, shown] of Object.entries(ours)) {
      const expected = theirs[id] ?? null
      const group = offersHybrid(id) ? HYBRID : expected?.group
      expect({ id, shown }).toEqual({ id, shown: expected && { ...expected, group } })
    }
    expect(Object.keys(ours).filter(offersHybrid)).not.toEqual([])
  })

  test('as the only group', async () => {
    const folder = makeFolder()
    const port = await serve(folder, 'ec-p256', { ecdhCurve: HYBRID })
    const ours = shownByUs(await check(port, folder))
    for (const [id, shown] of Object.entries(ours)) {
      if (offersHybrid(id)) expect(shown).toMatchObject({ protocol: 'TLSv1.3', group: HYBRID })
      else expect({ id, shown }).toEqual({ id, shown: null })
    }
  })
})

test.each<TlsOptions>([{ maxVersion: 'TLSv1.2' }, { ecdhCurve: 'P-384:X25519' }])(
  'without it, %o',
  async options => {
    const folder = makeFolder()
    await expectAgreement(await serve(folder, 'ec-p256', options), folder)
  },
)

function offersHybrid(id: string): boolean {
  return HELLOS.get(id)!.hello.spec.groups.includes(GROUPS[HYBRID])
}

type Kind = 'rsa-2048' | 'ec-p256'

/** Gives the port it chose. */
async function serve(folder: Folder, kind: Kind, options: TlsOptions = {}): Promise<number> {
  const { chain, key } = folder.identity(kind)
  const identity = { cert: readFileSync(chain, 'utf8'), key: readFileSync(key, 'utf8') }
  const script = `
    const server = require('node:tls').createServer(${JSON.stringify({ ...identity, ...options })})
    server.on('tlsClientError', () => {})
    server.on('secureConnection', socket => socket.on('error', () => {}).resume())
    server.listen(0, '127.0.0.1', () => console.log('port', server.address().port))`
  const { match } = await startProgram(node, ['-e', script], /^port (\d+)$/m)
  return Number(match[1])
}
