// What real clients do with a server that chooses what it likes: they go on, or break off where it was foretold.
import { beforeAll, describe, expect, it } from 'vitest'
import { predict } from '../../src/facts/objection.ts'
import { type PlatformId, platforms } from '../../src/platforms/index.ts'
import { CLIENT_KEY_EXCHANGE } from '../../src/wire/messages.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import { type Choice, MARKS, type Reaction, startStubborn } from '../helpers/stubborn-server.ts'
import { identity } from '../helpers/tls-server.ts'
import { shake } from '../wire/connect.ts'
import { leafFor } from './pki.ts'
import { requireProgram, runProgram } from './programs.ts'

const RSA = { key: 'rsa-2048' } as const
const STATIC: Choice = { ...RSA, cipher: 'TLS_RSA_WITH_AES_128_CBC_SHA' }
const ECDHE: Choice = { ...RSA, cipher: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA' }
const DHE: Choice = { ...RSA, cipher: 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA' }

const SERVERS: Readonly<Record<string, Choice>> = {
  'what it offers': {},
  'TLS 1.0 with static RSA': { ...STATIC, version: 'TLS 1.0' },
  'TLS 1.1 with static RSA': { ...STATIC, version: 'TLS 1.1' },
  'TLS 1.0 with a signed exchange': { ...ECDHE, version: 'TLS 1.0' },
  'TLS 1.1 with a signed exchange': { ...ECDHE, version: 'TLS 1.1' },
  'TLS 1.1 signed with ECDSA': {
    cipher: 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
    version: 'TLS 1.1',
  },
  'a suite nobody offers': { ...RSA, cipher: 'TLS_RSA_WITH_RC4_128_SHA' },
  'a group not offered': { ...ECDHE, group: 'brainpoolP256r1' },
  'a leaf of P-384': { key: 'ec-p384', hash: 'sha384' },
  'a leaf of P-521': { key: 'ec-p521', hash: 'sha512' },
  'a leaf of secp256k1': { key: 'ec-secp256k1' },
  'a leaf for key agreement': { leaf: leafFor('ec-p256', 'keyAgreement') },
  'static RSA with a leaf for signatures': {
    ...STATIC,
    leaf: leafFor('rsa-2048', 'digitalSignature'),
  },
  'ECDHE with a leaf for encipherment': { ...ECDHE, leaf: leafFor('rsa-2048', 'keyEncipherment') },
  'a signature over SHA-1': { ...ECDHE, hash: 'sha1' },
  'an ECDSA signature over SHA-1': { hash: 'sha1' },
  'DH of 1024 bits': { ...DHE, prime: 'modp2' },
  'DH of 1536 bits': { ...DHE, prime: 'modp5' },
  'DH of 2048 bits': DHE,
  'DH of 4096 bits': { ...DHE, prime: 'modp16' },
  'no secure renegotiation': { ...ECDHE, secureRenegotiation: false },
  'no secure renegotiation, with static RSA': { ...STATIC, secureRenegotiation: false },
  'the mark of TLS 1.3 in TLS 1.2': { mark: MARKS.tls12 },
  'the mark of TLS 1.2 in TLS 1.1': { ...STATIC, version: 'TLS 1.1', mark: MARKS.tls11 },
}

const PYTHON = `
import socket, ssl, sys
context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
context.wrap_socket(socket.create_connection(('127.0.0.1', int(sys.argv[1]))))
`

const CLIENTS: readonly (readonly [PlatformId, string, (port: number) => readonly string[]])[] = [
  ['openssl-3.0', 'openssl', port => ['s_client', '-connect', `127.0.0.1:${port}`]],
  ['python', 'python3', port => ['-c', PYTHON, String(port)]],
  ['curl', 'curl', port => ['-sk', '-m', '5', `https://127.0.0.1:${port}/`]],
]

describe.each(CLIENTS)('%s', (id, program, args) => {
  beforeAll(() => requireProgram(program))

  it.each(Object.entries(SERVERS))('%s', async (_, choice) => {
    const reactions: Reaction[] = []
    const port = await startStubborn(choice, reaction => reactions.push(reaction))
    await runProgram(program, [...args(port)])
    const [first] = reactions
    const { hello, limits } = platforms[id].stacks[0]!
    const attempt = await shake(port, { spec: hello.spec, complete: () => false })
    const { der } = choice.leaf ?? identity(choice.key ?? 'ec-p256')
    const leaf = parseCertificate(der)
    const foretold = predict(attempt, { spec: hello.spec, limits }, leaf)
    const goesOn =
      first !== undefined && 'message' in first && first.message === CLIENT_KEY_EXCHANGE
    expect({ goesOn, first, foretold }).toMatchObject({ goesOn: foretold.connects === true })
    expect(first).toBeDefined()
  })
})
