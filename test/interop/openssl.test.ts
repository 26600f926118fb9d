import { beforeAll, describe, expect, test } from 'vitest'
import type { KeyKind } from '../../src/x509/signing-key.ts'
import { expectAgreement, reasonGiven } from './check.ts'
import { CHAINS, type ChainName, type Folder, makeFolder } from './pki.ts'
import { requireProgram } from './programs.ts'
import { startOpenssl } from './servers.ts'

beforeAll(() => requireProgram('openssl'))

const OLD = ['-cipher', 'ALL:@SECLEVEL=0']

describe('versions and keys', () => {
  test.each<[string, KeyKind, string[]]>([
    ['TLSv1', 'rsa-2048', ['-tls1', ...OLD]],
    ['TLSv1', 'ec-p256', ['-tls1', ...OLD]],
    ['TLSv1.1', 'rsa-2048', ['-tls1_1', ...OLD]],
    ['TLSv1.1', 'ec-p256', ['-tls1_1', ...OLD]],
    ['TLSv1.2', 'rsa-2048', ['-tls1_2']],
    ['TLSv1.2', 'ec-p256', ['-tls1_2']],
    ['TLSv1.2', 'ec-p384', ['-tls1_2']],
    ['TLSv1.2', 'ed25519', ['-tls1_2']],
    ['TLSv1.3', 'rsa-2048', ['-tls1_3']],
    ['TLSv1.3', 'rsa-pss-2048', ['-tls1_3']],
    ['TLSv1.3', 'ec-p256', ['-tls1_3']],
    ['TLSv1.3', 'ec-p521', ['-tls1_3']],
    ['TLSv1.3', 'ed448', ['-tls1_3']],
  ])('%s with a key of %s', async (protocol, kind, flags) => {
    const folder = makeFolder()
    const port = await serve(folder, kind, flags)
    const { shown } = await expectAgreement(port, folder)
    expect(new Set(shown.map(one => one.protocol))).toEqual(new Set([protocol]))
  })
})

describe('a choice of one', () => {
  test.each<[what: string, KeyKind, string[]]>([
    ['AES128-SHA', 'rsa-2048', ['-tls1_2', '-cipher', 'AES128-SHA']],
    ['AES256-GCM-SHA384', 'rsa-2048', ['-tls1_2', '-cipher', 'AES256-GCM-SHA384']],
    ['DHE-RSA-AES256-GCM-SHA384', 'rsa-2048', ['-tls1_2', '-cipher', 'DHE-RSA-AES256-GCM-SHA384']],
    [
      'ECDHE-RSA-CHACHA20-POLY1305',
      'rsa-2048',
      ['-tls1_2', '-cipher', 'ECDHE-RSA-CHACHA20-POLY1305'],
    ],
    ['ECDHE-ECDSA-AES256-SHA384', 'ec-p256', ['-tls1_2', '-cipher', 'ECDHE-ECDSA-AES256-SHA384']],
    [
      'TLS_CHACHA20_POLY1305_SHA256',
      'ec-p256',
      ['-tls1_3', '-ciphersuites', 'TLS_CHACHA20_POLY1305_SHA256'],
    ],
    ['secp384r1, TLS 1.2', 'ec-p256', ['-tls1_2', '-groups', 'secp384r1']],
    ['secp384r1, TLS 1.3', 'ec-p256', ['-tls1_3', '-groups', 'secp384r1']],
    ['secp521r1, TLS 1.3', 'rsa-2048', ['-tls1_3', '-groups', 'secp521r1']],
    ['X448', 'rsa-2048', ['-groups', 'X448']],
    ['rsa_pss_rsae_sha512', 'rsa-2048', ['-sigalgs', 'rsa_pss_rsae_sha512']],
    ['RSA+SHA384', 'rsa-2048', ['-tls1_2', '-sigalgs', 'RSA+SHA384']],
    ['http/1.1', 'ec-p256', ['-alpn', 'http/1.1']],
  ])('%s', async (_, kind, flags) => {
    const folder = makeFolder()
    await expectAgreement(await serve(folder, kind, flags), folder)
  })
})

describe('the server that decides', () => {
  test.each([[[]], [['-serverpref']]])('an RSA and an ECDSA certificate %s', async flags => {
    const folder = makeFolder()
    const rsa = folder.identity('rsa-2048', 'two CAs')
    const second = ['-dcert', rsa.leaf, '-dkey', rsa.key, '-dcert_chain', rsa.issuers]
    const { shown } = await expectAgreement(
      await serve(folder, 'ec-p256', [...second, ...flags]),
      folder,
    )
    expect(new Set(shown.map(one => one.protocol))).toEqual(new Set(['TLSv1.2', 'TLSv1.3']))
  })
})

describe('the chain as sent', () => {
  test.each(Object.keys(CHAINS) as ChainName[])('%s', async chain => {
    const folder = makeFolder()
    const { shown } = await expectAgreement(await serve(folder, 'ec-p256', [], chain), folder)
    for (const one of shown) expect(one.chain).toHaveLength(1 + CHAINS[chain].length)
  })
})

describe('a client certificate', () => {
  test.each([
    ['required', ['-Verify', '1']],
    ['required', ['-Verify', '1', '-tls1_2']],
    ['required', ['-Verify', '1', '-tls1_3']],
    ['asked for', ['-verify', '1']],
    ['asked for', ['-verify', '1', '-tls1_2']],
    ['asked for', ['-verify', '1', '-tls1_3']],
  ])('%s: %j', async (manner, flags) => {
    const folder = makeFolder()
    const port = await serve(folder, 'ec-p256', flags)
    const { target } = await expectAgreement(port, folder, folder.identity('rsa-2048'))
    const required = manner === 'required'
    expect(reasonGiven(target, 'client-certificate-required')).toEqual(new Set([required]))
  })
})

function serve(
  folder: Folder,
  kind: KeyKind,
  flags: readonly string[],
  chain: ChainName = 'one CA',
): Promise<number> {
  return startOpenssl(folder.identity(kind, chain), flags, chain)
}
