import { beforeAll, describe, expect, test } from 'vitest'
import type { KeyKind } from '../../src/x509/signing-key.ts'
import { expectAgreement, reasonGiven } from './check.ts'
import { type Folder, makeFolder } from './pki.ts'
import { requireProgram } from './programs.ts'
import { startGnutls } from './servers.ts'

beforeAll(() => {
  requireProgram('openssl')
  requireProgram('gnutls-serv')
})

const NO_CLIENT = '--disable-client-cert'

test.each<[string, KeyKind[], string[]]>([
  ['as it comes', ['rsa-2048', 'ec-p256'], []],
  ['TLS 1.0', ['rsa-2048'], ['--priority=NORMAL:-VERS-ALL:+VERS-TLS1.0']],
  ['TLS 1.1', ['ec-p256'], ['--priority=NORMAL:-VERS-ALL:+VERS-TLS1.1']],
  ['TLS 1.2', ['ec-p384'], ['--priority=NORMAL:-VERS-ALL:+VERS-TLS1.2']],
  ['TLS 1.3', ['rsa-2048'], ['--priority=NORMAL:-VERS-ALL:+VERS-TLS1.3']],
  ['the server decides', ['rsa-2048', 'ec-p256'], ['--priority=NORMAL:%SERVER_PRECEDENCE']],
  ['one group', ['ec-p256'], ['--priority=NORMAL:-GROUP-ALL:+GROUP-SECP521R1']],
])('%s', async (_, kinds, flags) => {
  const folder = makeFolder()
  const port = await serve(folder, kinds, [NO_CLIENT, ...flags])
  await expectAgreement(port, folder)
})

describe('a client certificate', () => {
  test.each([
    ['required', '1.2', ['--require-client-cert']],
    ['required', '1.3', ['--require-client-cert']],
    ['asked for', '1.2', []],
    ['asked for', '1.3', []],
  ])('%s, TLS %s', async (manner, version, flags) => {
    const folder = makeFolder()
    const priority = `--priority=NORMAL:-VERS-ALL:+VERS-TLS${version}`
    const port = await serve(folder, ['ec-p256'], [priority, ...flags])
    const { target } = await expectAgreement(port, folder, folder.identity('rsa-2048'))
    const required = manner === 'required'
    expect(reasonGiven(target, 'client-certificate-required')).toEqual(new Set([required]))
  })
})

function serve(
  folder: Folder,
  kinds: readonly KeyKind[],
  flags: readonly string[],
): Promise<number> {
  return startGnutls(
    kinds.map(kind => folder.identity(kind)),
    flags,
  )
}
