// OpenSSL as responder, as maker of CRLs and as a server that staples. It judges by index.txt; we judge what it says.
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { checkTarget } from '../../src/check.ts'
import { createFetcher } from '../../src/connect/fetch.ts'
import { parseTarget } from '../../src/connect/target.ts'
import { withAnchors } from '../../src/stores/derive.ts'
import { createWorld } from '../../src/world.ts'
import {
  authorityInfoAccess,
  crlDistributionPoints,
  type NewExtension,
} from '../../src/x509/extension-builders.ts'
import type { Issued } from '../../src/x509/issue.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { DAY_MS, makeCa, makeLeaf, testKey } from '../helpers/certs.ts'
import { makeResponder } from '../helpers/ocsp.ts'
import { type Folder, HOST, makeFolder } from './pki.ts'
import { requireProgram, runProgram, startProgram } from './programs.ts'

beforeAll(() => requireProgram('openssl'))

/** OpenSSL signs by the clock: so everything here is of today. */
const now = Date.now()
const dates = { notBefore: now - DAY_MS, notAfter: now + 60 * DAY_MS }
const root = makeCa('OCSP Root', dates)
const ca = makeCa('OCSP CA', { ...dates, issuer: root })
const stranger = makeCa('Other CA', dates)
const created = createWorld(now)
const world = { ...created, stores: withAnchors(created.stores, [root.der]) }
const SERIAL = Uint8Array.of(0x3a, 0x55)

const leafWith = (...extensions: NewExtension[]) =>
  makeLeaf([HOST], { ...dates, issuer: ca, serial: SERIAL, extensions })

/** Lines of index.txt: valid, revoked, or not there. */
const INDEX = {
  good: `V\t${stamp(now + DAY_MS)}\t\t3A55\tunknown\t/CN=leaf\n`,
  revoked: `R\t${stamp(now + DAY_MS)}\t${stamp(now - DAY_MS)},keyCompromise\t3A55\tunknown\t/CN=leaf\n`,
  unknown: '',
} as const

type State = keyof typeof INDEX

describe('a responder', () => {
  const delegated = makeResponder(ca, dates)
  const rsa = makeResponder(ca, { ...dates, key: testKey('rsa-2048') })
  test.each<[State, string, Issued, string[], string | null]>([
    ['good', 'the CA', ca, ['-ndays', '2'], null],
    ['good', 'a delegate', delegated, ['-nmin', '10'], null],
    ['good', 'a delegate with RSA', rsa, ['-resp_key_id'], null],
    ['good', 'the CA by key, no end', ca, ['-resp_key_id'], null],
    ['revoked', 'the CA', ca, ['-ndays', '2'], 'error cert-revoked'],
    ['revoked', 'a delegate', delegated, [], 'error cert-revoked'],
    ['unknown', 'the CA', ca, [], 'info revocation-unknown'],
    ['good', 'another CA', stranger, [], 'info revocation-unknown'],
    ['revoked', 'another CA', stranger, [], 'info revocation-unknown'],
  ])('%s, signed by %s', async (state, _, signer, flags, expected) => {
    const folder = makeFolder()
    const url = await serve(body => answer(folder, state, signer, flags, body))
    const leaf = leafWith(authorityInfoAccess({ ocsp: [url] }))
    expect(await check(folder, leaf, null)).toEqual(expected === null ? [] : [expected])
  })
})

describe('a CRL', () => {
  test.each<[State, string | null]>([
    ['good', null],
    ['revoked', 'error cert-revoked'],
  ])('%s', async (state, expected) => {
    const folder = makeFolder()
    const file = await makeCrl(folder, state)
    const url = await serve(async () => file)
    const leaf = leafWith(crlDistributionPoints(url))
    expect(await check(folder, leaf, null)).toEqual(expected === null ? [] : [expected])
  })
})

describe('a staple', () => {
  test.each<[State, string | null]>([
    ['good', null],
    ['revoked', 'error cert-revoked'],
    ['unknown', 'warn ocsp-staple-invalid'],
  ])('%s', async (state, expected) => {
    const folder = makeFolder()
    const leaf = leafWith()
    const files = write(folder, leaf, 'leaf')
    const request = path.join(folder.path, 'request.der')
    const issuer = write(folder, ca, 'ca').certificate
    const asking = ['-issuer', issuer, '-cert', files.certificate, '-reqout', request]
    await runProgram('openssl', ['ocsp', ...asking])
    const staple = await answer(folder, state, ca, ['-ndays', '1'], readFileSync(request))
    expect(await check(folder, leaf, staple)).toEqual(expected === null ? [] : [expected])
  })
})

/** Severity and rule of what is said of revocation. */
async function check(
  folder: Folder,
  leaf: Issued,
  staple: Uint8Array | null,
): Promise<readonly string[]> {
  const { certificate, key } = write(folder, leaf, 'leaf')
  const chain = write(folder, ca, 'ca').certificate
  const stapled = staple ? ['-status_file', writeBytes(folder, 'staple.der', staple)] : []
  const identity = ['-cert', certificate, '-key', key, '-cert_chain', chain]
  const args = ['s_server', '-accept', '127.0.0.1:0', '-www', ...identity, ...stapled]
  const { match } = await startProgram('openssl', args, /^ACCEPT 127\.0\.0\.1:(\d+)$/m)
  const target = parseTarget(`${HOST}:${match[1]}`)
  const { result } = await checkTarget(target, world, {
    resolveTo: new Map([[`${HOST}:${match[1]}`, ['127.0.0.1']]]),
    fetcher: createFetcher({ allowPrivate: true }),
    revocation: true,
  })
  return result.findings
    .filter(({ rule }) => /^(?:cert-revoked|ocsp-|revocation-)/.test(rule))
    .map(({ severity, rule }) => `${severity} ${rule}`)
}

/** `openssl ocsp -port` would listen on every interface: it answers from files instead. */
async function answer(
  folder: Folder,
  state: State,
  signer: Issued,
  flags: readonly string[],
  request: Uint8Array,
): Promise<Uint8Array> {
  const response = path.join(folder.path, 'response.der')
  const { certificate, key } = write(folder, signer, 'signer')
  const said = await runProgram('openssl', [
    ...['ocsp', '-index', folder.write('index.txt', INDEX[state])],
    ...['-CA', write(folder, ca, 'ca').certificate, '-rsigner', certificate, '-rkey', key],
    ...['-reqin', writeBytes(folder, 'request.der', request), '-respout', response],
    ...flags,
  ])
  expect(said).not.toMatch(/error/i)
  return readFileSync(response)
}

async function makeCrl(folder: Folder, state: State): Promise<Uint8Array> {
  const { certificate, key } = write(folder, ca, 'ca')
  const pem = path.join(folder.path, 'crl.pem')
  const config = folder.write(
    'ca.cnf',
    [
      '[ca]\ndefault_ca = one\n[one]\ndefault_md = sha256\ncrl_extensions = crl',
      `database = ${folder.write('index.txt', INDEX[state])}`,
      `crlnumber = ${folder.write('crlnumber', '07\n')}`,
      '[crl]\nauthorityKeyIdentifier = keyid\n',
    ].join('\n'),
  )
  const der = path.join(folder.path, 'crl.der')
  const files = ['-config', config, '-cert', certificate, '-keyfile', key, '-out', pem]
  await runProgram('openssl', ['ca', '-gencrl', '-crldays', '7', ...files])
  await runProgram('openssl', ['crl', '-in', pem, '-outform', 'DER', '-out', der])
  return readFileSync(der)
}

async function serve(body: (request: Uint8Array) => Promise<Uint8Array>): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    response.end(await body(Buffer.concat(chunks)))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

function writeBytes(folder: Folder, name: string, bytes: Uint8Array): string {
  const file = path.join(folder.path, name)
  writeFileSync(file, bytes)
  return file
}

function write(folder: Folder, { der, key }: Issued, name: string) {
  const pkcs8 = key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return {
    certificate: folder.write(`${name}.pem`, encodePem(der)),
    key: folder.write(`${name}.key.pem`, pkcs8),
  }
}

/** As index.txt has it: YYMMDDHHMMSSZ. */
function stamp(ms: number): string {
  return `${new Date(ms)
    .toISOString()
    .replace(/[-:T]|\.\d+Z/g, '')
    .slice(2)}Z`
}
