import { beforeAll, describe, expect, test } from 'vitest'

import { check, expectAgreement, reasonGiven } from './check.ts'

import { serveNginx } from './nginx.ts'
import { makeFolder } from './pki.ts'
import { requireProgram } from './programs.ts'

const MODERN = 'ssl_protocols TLSv1.2 TLSv1.3;'

beforeAll(() => {
  requireProgram('openssl')
  requireProgram('nginx')
})

test.each([
  ['as it comes', ''],
  ['TLS 1.2 and 1.3', MODERN],
  ['the server decides', `${MODERN} ssl_prefer_server_ciphers on;`],
  ['TLS 1.2 alone', 'ssl_protocols TLSv1.2;'],
  ['TLS 1.3 alone', 'ssl_protocols TLSv1.3;'],
  ['everything of old', 'ssl_protocols TLSv1 TLSv1.1 TLSv1.2; ssl_ciphers ALL:@SECLEVEL=0;'],
  ['one group', `${MODERN} ssl_ecdh_curve secp384r1;`],
  ['no tickets', `${MODERN} ssl_session_tickets off; ssl_session_cache shared:all:1m;`],
])('an RSA and an ECDSA certificate, %s', async (_, directives) => {
  const folder = makeFolder()
  const both = [folder.identity('rsa-2048'), folder.identity('ec-p256', 'two CAs')]
  await expectAgreement(await serveNginx(folder, both, directives), folder)
})

test('HTTP/2', async () => {
  const folder = makeFolder()
  await expectAgreement(
    await serveNginx(folder, [folder.identity('ec-p256')], MODERN, 'http2'),
    folder,
  )
})

describe('what the server is like', () => {
  const described = async (directives: string, others = '') => {
    const folder = makeFolder()
    const both = [folder.identity('rsa-2048'), folder.identity('ec-p256')]
    const port = await serveNginx(folder, both, directives, '', port =>
      others.replace('PORT', `${port}`),
    )
    return (await check(port, folder)).server
  }

  test('two certificates, sessions by a cache', async () => {
    const cache = 'ssl_session_tickets off; ssl_session_cache shared:all:1m;'
    expect(await described(MODERN + cache)).toMatchObject({
      keys: ['ECDSA', 'RSA'],
      forwardSecrecy: 'all',
      resumption: true,
      compression: false,
      weakSuites: [],
      withoutName: { answer: 'same' },
      largeHello: 'answered',
    })
  })

  test('sessions by tickets, or not at all', async () => {
    expect(await described(MODERN)).toMatchObject({ sessionTickets: true, resumption: true })
    const none = 'ssl_protocols TLSv1.2; ssl_session_tickets off; ssl_session_cache off;'
    expect(await described(none)).toMatchObject({ sessionTickets: false, resumption: false })
  })

  test('everything of old', async () => {
    const old = 'ssl_protocols TLSv1 TLSv1.1 TLSv1.2; ssl_ciphers ALL:eNULL:@SECLEVEL=0;'
    const server = await described(old)
    expect(server?.versions).toEqual({
      TLSv1: true,
      'TLSv1.1': true,
      'TLSv1.2': true,
      'TLSv1.3': false,
    })
    expect(server?.weakSuites).toEqual([expect.stringMatching(/_anon_|_NULL_/)])
  })

  test('turns strangers away', async () => {
    const strict = 'server { listen 127.0.0.1:PORT ssl default_server; ssl_reject_handshake on; }'
    const refused = { answer: 'refused', how: 'unrecognized_name' }
    expect(await described(MODERN, strict)).toMatchObject({
      withoutName: refused,
      unknownName: refused,
      compression: false,
    })
  })
})

// It asks for a certificate in the handshake, takes none for an answer, and refuses in HTTP.
describe.each(['on', 'optional'])('ssl_verify_client %s', mode => {
  test.each(['TLSv1.2', 'TLSv1.3'])('%s', async version => {
    const folder = makeFolder()
    const client = folder.identity('rsa-2048')
    const directives = `ssl_protocols ${version}; ssl_verify_client ${mode}; ssl_client_certificate ${folder.root};`
    const port = await serveNginx(folder, [folder.identity('ec-p256')], directives)
    const { target } = await expectAgreement(port, folder, client)
    expect(reasonGiven(target, 'client-certificate-required')).toEqual(new Set([false]))
  })
})
