// Every row of the platform document through the real program: something that its rule finds, and something near that it does not.
import { createDiffieHellmanGroup } from 'node:crypto'
import type { RequestListener } from 'node:http'
import path from 'node:path'
import tls, { type TlsOptions } from 'node:tls'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { cases } from '../../src/cli/demo/cases.ts'
import { ruleBook } from '../../src/rule-book.ts'
import type { RuleId } from '../../src/rules/index.ts'
import { integer, sequence } from '../../src/x509/der-writer.ts'
import { authorityInfoAccess, tlsFeature } from '../../src/x509/extension-builders.ts'
import type { Issued } from '../../src/x509/issue.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { startBadServers } from '../helpers/bad-servers.ts'
import { DAY_MS, makeCa, makeLeaf, NOW, testKey } from '../helpers/certs.ts'
import { type JsonReport, runCli } from '../helpers/cli.ts'
import { writeFolder } from '../helpers/folder.ts'
import { BESIDE, ROWS } from '../helpers/requirements.ts'
import { type Choice, startStubborn } from '../helpers/stubborn-server.ts'
import { startTls } from '../helpers/tls-server.ts'
import { HOST, ROOT_PEM, startHttps } from '../helpers/web.ts'
import { anchorsOf, bundle, sha256Of } from '../stores/import/sources.ts'

test('every row has its rules, and every rule its row', () => {
  expect(ROWS.map(({ states }) => Number.parseInt(states, 10))).toEqual(
    Array.from({ length: 51 }, (_, index) => index + 1),
  )
  const named = [...ROWS.flatMap(({ rules }) => rules), ...BESIDE]
  expect([...new Set(named)].toSorted()).toEqual(Object.keys(ruleBook).toSorted())
  for (const { states, rules, heldBy } of ROWS)
    expect(rules.length > 0, states).toBe(heldBy === undefined)
})

/** Cases of the demo, which checks them over the network and knows every finding of each. */
interface InDemo {
  readonly demo: readonly [fires: keyof typeof cases, misses: keyof typeof cases]
}

/** Rules found, by a run of the program. */
interface Live {
  readonly fires: () => Promise<readonly string[]>
  readonly misses: () => Promise<readonly string[]>
}

const root = makeCa('Row Root')
const ca = makeCa('Row CA', { issuer: root })
const other = makeCa('Another Root')
const key = testKey('ec-p256', 0).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const leafOf = (spec: Parameters<typeof makeLeaf>[1] = {}) =>
  makeLeaf([HOST], { issuer: ca, ...spec })
const pem = (...chain: readonly Issued[]) => chain.map(({ der }) => encodePem(der)).join('')
const good = leafOf()

/** The program's word on a server at these addresses. */
async function check(
  port: number,
  anchors: string,
  args: readonly string[] = [],
  { addresses = '127.0.0.1', target = `${HOST}:${port}`, env = {} } = {},
): Promise<readonly string[]> {
  const folder = writeFolder({ 'root.pem': anchors })
  const { stdout } = await runCli(
    [
      ...['check', target, '--resolve', `${HOST}:${port}:${addresses}`, '-f', 'json'],
      ...['--cacert', path.join(folder, 'root.pem'), '--at', new Date(NOW).toISOString()],
      ...(args.includes('--revocation') ? [] : ['--no-fetch']),
      ...(args.includes('--platforms') ? [] : ['--platforms', 'ios-17,android-14,devtools']),
      ...args,
    ],
    { env },
  )
  const { targets } = JSON.parse(stdout) as JsonReport
  return targets.flatMap(({ findings }) => findings.map(({ ruleId }) => ruleId))
}

const tlsSite =
  (chain: readonly Issued[], options: TlsOptions = {}) =>
  async () =>
    check(await startTls({ cert: pem(...chain), key, ...options }), pem(root, other))

const stubborn = (choice: Choice) => async () => check(await startStubborn(choice), pem(root))

async function twoAddresses(second: Issued | null): Promise<readonly string[]> {
  const port = await startTls({ cert: pem(good, ca), key })
  if (second) {
    const server = new tls.Server({ cert: pem(second, ca), key })
    await new Promise<void>(resolve =>
      server.listen({ port, host: '::1', ipv6Only: true }, resolve),
    )
    onTestFinished(() => void server.close())
  }
  return check(port, pem(root), [], { addresses: '127.0.0.1,[::1]' })
}

const page =
  (answer: RequestListener, where = '/v1', ...args: readonly string[]) =>
  async () => {
    const port = await startHttps(answer)
    return check(port, ROOT_PEM, args, { target: `https://${HOST}:${port}${where}` })
  }

const body =
  (content: string | Uint8Array, type = 'application/json'): RequestListener =>
  (_, response) =>
    response.writeHead(200, { 'content-type': type }).end(content)

const redirect =
  (to: (host: string) => string): RequestListener =>
  ({ url, headers: { host = '' } }, response) =>
    url === '/v1'
      ? response.writeHead(302, { location: to(host) }).end()
      : response.writeHead(200, { 'content-type': 'application/json' }).end('{}')

/** Answers after so long. */
const after =
  (ms: number): RequestListener =>
  (request, response) => {
    setTimeout(() => body('{}')(request, response), ms)
  }

function atMost(count: number): RequestListener {
  let busy = 0
  return (request, response) => {
    if (++busy > count) response.writeHead(503).end()
    else setTimeout(() => body('{}')(request, response), 300)
    response.once('close', () => busy--)
  }
}

/** A Mini Program whose calls wait four seconds; half of that is tight. */
const patience = (ms: number) => async () => {
  const port = await startHttps(after(ms))
  const folder = writeFolder({
    'root.pem': ROOT_PEM,
    'app.json': { networkTimeout: { request: 4000 } },
    'app.js': `wx.request({ url: 'https://${HOST}:${port}/a' })`,
  })
  const { stdout } = await runCli([
    ...['project', folder, '--live', '--http', '--cacert', path.join(folder, 'root.pem')],
    ...['--resolve', `${HOST}:${port}:127.0.0.1`, '--at', new Date(NOW).toISOString()],
    ...['--platforms', 'android-14', '-f', 'json', '--no-fetch'],
  ])
  const { targets } = JSON.parse(stdout) as JsonReport
  return targets.flatMap(({ findings }) => findings.map(({ ruleId }) => ruleId))
}

/** Judged with a list of Chrome's that the user imports: our root is in it, some day for older certificates alone. */
const inChrome = (until: number | null) => async () => {
  const known = anchorsOf('chrome')
  const limit = until === null ? '' : `constraints { sct_not_after_sec: ${until / 1000} }`
  const anchors = [...known.map(({ sha256 }) => sha256), sha256Of(root.der)].map(
    sha256 =>
      `trust_anchors {\n sha256_hex: "${sha256}"\n ${sha256 === sha256Of(root.der) ? limit : ''}\n}\n`,
  )
  const folder = writeFolder({
    'list/root_store.textproto': `version_major: 36\n${anchors.join('')}`,
    'list/root_store.certs': bundle([root.der]),
  })
  const env = { MPCERT_DATA_DIR: path.join(folder, 'data') }
  const from = ['--from', path.join(folder, 'list'), '--date', '2026-11-29']
  expect(await runCli(['stores', 'update', ...from], { env })).toMatchObject({ code: 0 })
  const port = await startTls({ cert: pem(good, ca), key })
  return check(port, pem(other), ['--platforms', 'chrome-156'], { env })
}

/** Judged with a list of Apple's that holds our root. */
const inApple = (leaf: Issued) => async () => {
  const roots = [...anchorsOf('apple').map(({ der }) => der), root.der]
  const folder = writeFolder({ 'roots.pem': bundle(roots) })
  const env = { MPCERT_DATA_DIR: path.join(folder, 'data') }
  const from = ['--from', path.join(folder, 'roots.pem'), '--date', '2026-11-29']
  const which = ['--store', 'apple', '--store-version', '26.0']
  const update = await runCli(['stores', 'update', ...from, ...which], { env })
  expect(update).toMatchObject({ code: 0 })
  const port = await startTls({ cert: pem(leaf, ca), key })
  return check(port, pem(other), ['--platforms', 'ios-26'], { env })
}

const unheardOf = [0, 1, 2].map(number => ({
  log: testKey('ec-p256', 50 + number),
  timestampMs: NOW - 30 * DAY_MS,
}))

async function badServer(manner: 'a malformed leaf' | 'honest'): Promise<readonly string[]> {
  const servers = await startBadServers()
  onTestFinished(() => servers.close())
  const scope = ['--platforms', 'android-14', '--api', 'socket']
  return check(servers.ports[manner], pem(root), scope)
}

/** CAs that vouch for each other, each for all others. */
function net(count: number): readonly Issued[] {
  const cas = Array.from({ length: count }, (_, index) => makeCa(`Net ${index}`))
  const crossed = cas.flatMap(one =>
    cas
      .filter(by => by !== one)
      .map(by => makeCa(`Net ${cas.indexOf(one)}`, { key: one.key, issuer: by })),
  )
  return [makeLeaf([HOST], { issuer: cas[0]! }), ...crossed]
}

const crossSigned = (notAfter: number) =>
  makeCa('Row CA', { key: ca.key, issuer: other, notBefore: NOW - 900 * DAY_MS, notAfter })

const dhe = (group: string): TlsOptions => ({
  maxVersion: 'TLSv1.2',
  ciphers: 'DHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0',
  key: testKey('rsa-2048').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  dhparam: parameters(group),
})

function parameters(group: string): string {
  const prime = createDiffieHellmanGroup(group).getPrime()
  const der = sequence(integer(Uint8Array.from([0, ...prime])), integer(2))
  const text = Buffer.from(der)
    .toString('base64')
    .replace(/.{1,64}/g, '$&\n')
  return `-----BEGIN DH PARAMETERS-----\n${text}-----END DH PARAMETERS-----\n`
}

const rsaLeaf = leafOf({ key: testKey('rsa-2048') })
const shortRoot = makeCa('Short Root', { notAfter: NOW + 20 * DAY_MS })
const underShort = (root: Issued) => async () => {
  const leaf = makeLeaf([HOST], { issuer: root, notAfter: NOW + 60 * DAY_MS })
  return check(await startTls({ cert: pem(leaf), key }), pem(root))
}

const ocspOf = (url: string | null) => async () => {
  const leaf = leafOf(url === null ? {} : { extensions: [authorityInfoAccess({ ocsp: [url] })] })
  return check(await startTls({ cert: pem(leaf, ca), key }), pem(root), ['--revocation'])
}

function verifyFile(served: string): Live['fires'] {
  return async () => {
    const folder = writeFolder({ 'token.txt': 'token' })
    const answer: RequestListener = ({ url }, response) =>
      response.end(url === '/token.txt' ? served : '{}')
    return page(answer, '/', '--verify-file', path.join(folder, 'token.txt'))()
  }
}

/** The gate's word on files that are to take the place of what a server shows: the sound ones but for what is given. */
const gate =
  ({ chain = [good, ca], keyNumber = 0, args = [] as readonly string[], live = false }) =>
  async (): Promise<readonly string[]> => {
    const own = testKey('ec-p256', keyNumber).privateKey
    const folder = writeFolder({
      'root.pem': pem(root),
      'full.pem': pem(...chain),
      'key.pem': own.export({ type: 'pkcs8', format: 'pem' }).toString(),
    })
    const port = live ? await startTls({ cert: pem(good, ca), key }) : 0
    const against = ['--against', `${HOST}:${port}`, '--resolve', `${HOST}:${port}:127.0.0.1`]
    const { stdout } = await runCli(
      [
        ...['gate', 'full.pem', '--key', 'key.pem', '--cacert', 'root.pem', '--no-fetch'],
        ...['--at', new Date(NOW).toISOString(), '-f', 'json', ...(live ? against : []), ...args],
      ],
      { cwd: folder },
    )
    const { targets } = JSON.parse(stdout) as JsonReport
    return targets.flatMap(({ findings }) => findings.map(({ ruleId }) => ruleId))
  }

/** Another certificate in place of the sound one, for the key of that number. */
const instead = (names: readonly string[], keyNumber: number, more: object = {}) =>
  gate({
    chain: [makeLeaf(names, { issuer: ca, key: testKey('ec-p256', keyNumber), ...more }), ca],
    keyNumber,
    live: true,
  })

const PROOFS: Readonly<Record<RuleId, InDemo | Live>> = {
  'address-unreachable': {
    fires: () => twoAddresses(null),
    misses: () => twoAddresses(good),
  },
  'addresses-differ': {
    fires: () => twoAddresses(leafOf({ notAfter: NOW - DAY_MS })),
    misses: () => twoAddresses(good),
  },
  'ats-cipher-not-allowed': { demo: ['static-rsa', 'good-rsa'] },
  'ats-key-too-small': { demo: ['rsa-1024', 'good-rsa'] },
  'ats-tls-version': { demo: ['tls11-at-most', 'legacy-enabled'] },
  'ats-weak-signature': { demo: ['sha-1', 'good-rsa'] },
  'ca-distrust-scheduled': {
    fires: inChrome(Date.UTC(2026, 11, 15)),
    misses: inChrome(null),
  },
  'ca-distrusted': {
    fires: inChrome(Date.UTC(2026, 0, 1)),
    misses: inChrome(Date.UTC(2026, 11, 15)),
  },
  'cert-eku-missing': { demo: ['no-eku', 'good-ecdsa'] },
  'cert-expired': { demo: ['expired', 'expiring'] },
  'cert-expiring': { demo: ['expiring', 'expired'] },
  'cert-lifetime-over-schedule': { demo: ['five-years', 'good-ecdsa'] },
  'cert-lifetime-too-long': { demo: ['five-years', 'good-ecdsa'] },
  'cert-malformed': {
    fires: () => badServer('a malformed leaf'),
    misses: () => badServer('honest'),
  },
  'cert-not-yet-valid': { demo: ['not-yet-valid', 'expired'] },
  'cert-revoked': { demo: ['staple-revoked', 'staple-good'] },
  'cert-self-signed': { demo: ['self-signed', 'untrusted-root'] },
  'cert-signature-bad': { demo: ['bad-signature', 'wrong-order'] },
  'cert-weak-signature': { demo: ['sha-1', 'good-rsa'] },
  'chain-constraint-violated': { demo: ['forbidden-name', 'wrong-name'] },
  'chain-contains-root': { demo: ['root-included', 'duplicate'] },
  'chain-duplicate': { demo: ['duplicate', 'root-included'] },
  'chain-extra-expired': {
    fires: tlsSite([good, ca, crossSigned(NOW - DAY_MS)]),
    misses: tlsSite([good, ca, crossSigned(NOW + DAY_MS)]),
  },
  'chain-incomplete': { demo: ['incomplete', 'wrong-order'] },
  'chain-order': { demo: ['wrong-order', 'unrelated-cert'] },
  'chain-too-complex': { fires: tlsSite(net(9)), misses: tlsSite(net(3)) },
  'chain-unrelated-cert': { demo: ['unrelated-cert', 'duplicate'] },
  'client-certificate-required': { demo: ['client-cert-required', 'client-cert-optional'] },
  'compression-enabled': { fires: stubborn({ compression: 1 }), misses: stubborn({}) },
  'ct-missing': { demo: ['no-transparency', 'good-ecdsa'] },
  'ct-unverified': {
    fires: inApple(leafOf({ scts: unheardOf })),
    misses: inApple(leafOf()),
  },
  'default-certificate-differs': { demo: ['default-certificate', 'good-ecdsa'] },
  'handshake-broken': { demo: ['garbage', 'closed'] },
  'handshake-no-common-cipher': { demo: ['dhe-only', 'static-rsa'] },
  'handshake-no-common-group': { demo: ['ec-p384', 'good-ecdsa'] },
  'handshake-no-common-signature': { demo: ['ec-p521', 'ec-p384'] },
  'handshake-no-common-version': { demo: ['tls13-only', 'legacy-enabled'] },
  'handshake-refused': { demo: ['no-certificate', 'reset'] },
  'hello-size-intolerant': { demo: ['drops-large-hellos', 'shuns-tls13'] },
  'hostname-mismatch': { demo: ['wrong-name', 'good-ecdsa'] },
  'http-broken': {
    fires: page(request => request.socket.destroy()),
    misses: page(body('{}')),
  },
  'http-only': {
    fires: page(redirect(host => `http://${host}/v2`)),
    misses: page(redirect(host => `https://${host}/v2`)),
  },
  'http-status-not-ok': { demo: ['referer-blocked', 'good-http'] },
  'insecure-renegotiation': {
    fires: stubborn({ secureRenegotiation: false }),
    misses: stubborn({}),
  },
  'intermediate-expired': { demo: ['intermediate-expired', 'expired'] },
  'key-mismatch': { fires: gate({ keyNumber: 1 }), misses: gate({}) },
  'key-reused': { fires: instead([HOST], 0), misses: instead([HOST], 1) },
  'key-unsupported': { demo: ['ed25519', 'ec-p384'] },
  'leaf-is-ca': {
    fires: tlsSite([makeCa(HOST, { issuer: ca, key: testKey('ec-p256', 0) }), ca]),
    misses: tlsSite([good, ca]),
  },
  'leaf-not-first': { fires: gate({ chain: [ca, good] }), misses: gate({}) },
  'must-staple-without-staple': {
    fires: tlsSite([leafOf({ extensions: [tlsFeature(5)] }), ca]),
    misses: tlsSite([leafOf({ extensions: [tlsFeature(17)] }), ca]),
  },
  'names-lost': {
    fires: instead([`other.${HOST}`], 1),
    misses: instead([HOST, `other.${HOST}`], 1),
  },
  'ocsp-staple-invalid': { demo: ['staple-expired', 'staple-good'] },
  'older-than-live': {
    fires: instead([HOST], 1, { notAfter: NOW + 40 * DAY_MS }),
    misses: instead([HOST], 1, { notAfter: NOW + 61 * DAY_MS }),
  },
  'port-speaks-plaintext': { demo: ['plain-http', 'garbage'] },
  'redirect-off-list': {
    fires: listed(redirect(() => 'https://elsewhere.invalid/')),
    misses: listed(redirect(host => `https://${host}/v2`)),
  },
  'referer-blocked': { demo: ['referer-blocked', 'good-http'] },
  'referer-version-dependent': {
    fires: page(({ headers: { referer = '' } }, response) =>
      response
        .writeHead(referer.includes('/0/') ? 404 : 200, { 'content-type': 'application/json' })
        .end('{}'),
    ),
    misses: page(body('{}')),
  },
  'response-bom': { fires: page(body('\ufeff{}')), misses: page(body('{"a":"\ufeff"}')) },
  'response-charset-missing': {
    fires: page(body('x', 'text/plain')),
    misses: page(body('x', 'text/plain; charset=utf-8')),
  },
  'response-multiple-bom': {
    fires: page(body('\ufeff\ufeff{}')),
    misses: page(body('\ufeff{}')),
  },
  'response-not-utf8': { demo: ['gbk', 'good-http'] },
  'revocation-unknown': { fires: ocspOf('http://127.0.0.1:9/'), misses: ocspOf(null) },
  'root-expiring': {
    fires: underShort(shortRoot),
    misses: underShort(makeCa('Long Root', { notAfter: NOW + 900 * DAY_MS })),
  },
  'root-missing-on-old-os': { demo: ['root-missing-on-old', 'untrusted-root'] },
  'root-untrusted': { demo: ['untrusted-root', 'root-missing-on-old'] },
  'san-missing': { demo: ['cn-only', 'good-ecdsa'] },
  'server-parallel-limit': { fires: page(atMost(4)), misses: page(atMost(100)) },
  'slow-for-background': { fires: page(after(5_100)), misses: page(after(600)) },
  'sni-required': { demo: ['sni-required', 'sni-unrecognized'] },
  'sni-unrecognized': { demo: ['sni-unrecognized', 'sni-required'] },
  'timeout-below-latency': { fires: patience(2_100), misses: patience(0) },
  'tls-legacy-enabled': { demo: ['legacy-enabled', 'good-rsa'] },
  'tls-too-old': { demo: ['tls11-at-most', 'legacy-enabled'] },
  'tls13-only': { demo: ['tls13-only', 'shuns-tls13'] },
  'trust-changes': {
    fires: gate({ chain: [makeLeaf([HOST], { issuer: other }), other], live: true }),
    misses: instead([HOST], 1),
  },
  'verify-file-unreachable': { fires: verifyFile('a page'), misses: verifyFile('token') },
  'version-intolerant': { demo: ['shuns-tls13', 'drops-large-hellos'] },
  'weak-cipher-accepted': { demo: ['weak-suites', 'good-rsa'] },
  'weak-dh-group': {
    fires: tlsSite([rsaLeaf, ca], dhe('modp2')),
    misses: tlsSite([rsaLeaf, ca], dhe('modp14')),
  },
  'wss-upgrade-failed': { demo: ['wss-without-upgrade', 'good-http'] },
}

function listed(answer: RequestListener): Live['fires'] {
  return async () => {
    const port = await startHttps(answer)
    const config = writeFolder({ 'c.json': { domains: { request: [`https://${HOST}:${port}`] } } })
    const target = `https://${HOST}:${port}/v1`
    return check(port, ROOT_PEM, ['--config', path.join(config, 'c.json')], { target })
  }
}

const live = Object.entries(PROOFS).flatMap(([id, one]) =>
  'demo' in one ? [] : [[id, one] as const],
)
const demo = Object.entries(PROOFS).flatMap(([id, one]) =>
  'demo' in one ? [[id, ...one.demo] as const] : [],
)

test.each(live)('%s', async (id, { fires, misses }) => {
  const [found, near] = await Promise.all([fires(), misses()])
  expect(found).toContain(id)
  expect(near).not.toContain(id)
})

describe('in the demo', () => {
  let right: readonly string[]
  beforeAll(async () => {
    const { code, stdout } = await runCli(['demo'], { timeoutMs: 60_000 })
    expect(code).toBe(0)
    right = stdout.split('\n').flatMap(line => /^ ✓ (\S+)/.exec(line)?.[1] ?? [])
  }, 60_000)

  test.each(demo)('%s', (id, fires, misses) => {
    const found = (one: keyof typeof cases) =>
      cases[one]?.expected.findings.map(finding => finding.split(' ')[1])
    expect(right).toEqual(expect.arrayContaining([fires, misses]))
    expect(found(fires)).toContain(id)
    expect(found(misses)).not.toContain(id)
  })
})

describe('what is no rule', () => {
  const ask = async (...args: readonly string[]) => (await runCli(args)).stdout

  test('row 12: the ports of a wss entry depend on the revision', async () => {
    const folder = writeFolder({
      'mpcert.config.json': { domains: { socket: ['wss://a.example.com'] } },
    })
    const url = ['project', folder, '--url', 'wss://a.example.com:8443/x', '--api', 'socket']
    expect(await ask(...url, '--rule-set', 'tcsas-2024-11')).toMatch(/^not allowed/)
    expect(await ask(...url, '--rule-set', 'tcsas-2026-02')).toMatch(/^allowed/)
  })

  test('rows 23 and 50: explained', async () => {
    expect(await ask('explain', '600003')).toMatch(/background/)
    expect(await ask('explain', '"debug on works, off fails"')).toMatch(/domain-not-listed/)
    expect(await ask('explain', 'Works with debugging on, fails with it off')).toMatch(/chain-inc/)
  })

  test('rows 28 and 29: the strictest platform that counts decides', async () => {
    const port = await startTls({ cert: pem(good, ca), key, maxVersion: 'TLSv1.1' })
    const folder = writeFolder({ 'root.pem': pem(root) })
    const target = [`${HOST}:${port}`, '--resolve', `${HOST}:${port}:127.0.0.1`, '-f', 'json']
    const trust = ['--cacert', path.join(folder, 'root.pem'), '--at', new Date(NOW).toISOString()]
    const report = JSON.parse(await ask('check', ...target, ...trust)) as JsonReport
    expect(report.targets[0]).toMatchObject({ status: 'fail', grade: 'F' })
  })

  test('row 45: the openssl command', async () => {
    const port = await startTls({ cert: pem(good, ca), key })
    const target = [`${HOST}:${port}`, '--resolve', `${HOST}:${port}:127.0.0.1`]
    expect(await ask('check', ...target, '--no-fetch', '--show-openssl')).toContain(
      `openssl s_client -connect ${HOST}:${port} -servername ${HOST} -showcerts`,
    )
  })
})
