// Makes the certificates of certs-fixtures/ again: all cases, or those named.
//
//   node test/tools/fixtures.mjs [CASE...]
//
// Dates are fixed, for each case is judged at its own moment. Elliptic keys follow from their names, so that cases made
// at different times fit the same transparency logs; they protect nothing.
import { createECDH, createHash, createPrivateKey } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { importSources, root as repository } from './bundle.mjs'

const [x509, extensions, signing, { encodePem }] = await importSources(
  'x509/issue.ts',
  'x509/extension-builders.ts',
  'x509/signing-key.ts',
  'x509/pem.ts',
)
const { issueCa, issueLeaf } = x509
const { authorityInfoAccess, extendedKeyUsage, nameConstraints, tlsFeature } = extensions

const DAY = 86_400_000
const NOW = Date.parse('2026-11-22')
const HOST = 'api.example.com'
const ISSUER_URL = 'http://ca.example.com/ca.der'
const LOGS = [1, 2, 3, 4].map(number => ({
  name: `Fixture log ${number}`,
  operator: `Operator ${number}`,
}))
/** Logs that are there for one case or two. */
const OTHER_LOGS = [
  { name: 'Second log of operator 1', operator: 'Operator 1' },
  { name: 'Log retired in October', operator: 'Operator 5', state: 'retired', since: '2026-10-01' },
  {
    name: 'Log retired in November',
    operator: 'Operator 6',
    state: 'retired',
    since: '2026-11-01',
  },
  {
    name: 'Other log retired in November',
    operator: 'Operator 7',
    state: 'retired',
    since: '2026-11-01',
  },
  { name: 'Rejected log', operator: 'Operator 8', state: 'rejected', since: '2026-01-01' },
  { name: 'Log of 2025', operator: 'Operator 9', interval: ['2025-01-01', '2026-01-01'] },
]

const root = ca('Fixture Root', null)
const intermediate = ca('Fixture CA', root)

/** Files by name; each case stands for itself, its description in case.json. */
const CASES = {
  good: () => chain({}),
  'incomplete-fetchable': () => chain(fetchable()),
  'incomplete-unfetchable': () => ({ 'leaf.pem': leaf(fetchable()), 'root.pem': root }),
  'incomplete-no-url': () => ({ 'leaf.pem': leaf({}), 'root.pem': root }),
  'incomplete-old-os': () => chain(fetchable(), ca('ISRG Root X1', null)),
  'several-faults': () => ({
    'leaf.pem': leaf({ ...lives('2026-08-01', 90), names: ['www.example.com'] }),
    'root.pem': root,
  }),

  'leaf-by-root': () => ({ 'leaf.pem': leaf({ issuer: root }), 'root.pem': root }),
  'root-private': () => under('Private Root'),
  'root-isrg-x1': () => under('ISRG Root X1'),
  'root-certainly-r1': () => under('Certainly Root R1'),
  'root-globalsign-r1': () => under('GlobalSign Root CA'),
  'root-cfca-ev': () => under('CFCA EV ROOT'),
  'root-trustasia-g4': () => under('TrustAsia Global Root CA G4'),
  'root-gts-r1': () => reissued(),
  'root-gts-r1-crossed': () => {
    const old = ca('GlobalSign Root CA', null)
    return { ...reissued(), 'globalsign.pem': old, 'cross.pem': ca('GTS Root R1', old) }
  },
  'root-sectigo-r46': () => under('Sectigo Public Server Authentication Root R46'),
  'root-sectigo-r46-crossed': () => crossed({}),
  'root-sectigo-r46-fetchable': () => crossed(fetchable()),
  'root-expired': () => {
    const gone = ca('Fixture Root of Yesterday', null, { notAfter: NOW - DAY })
    return chain({}, gone)
  },
  'root-expiring': () =>
    chain({}, ca('Fixture Root of Today', null, { notAfter: NOW + 100 * DAY })),
  'root-expiring-crossed': () => crossed({}, { notAfter: NOW + 100 * DAY }),
  'root-expiring-reissued': () => reissued({ notAfter: NOW + 100 * DAY }),
  'root-listed-uncertainly': () => under('Microsoft RSA Root Certificate Authority 2017'),
  'root-entrust-g2-before': () => entrust(lives('2024-11-01', 90)),
  'root-entrust-g2-after': () => entrust({}),
  'cross-sign-expired': () => crossedX1({}),
  'cross-sign-of-expired-root': () => crossedX1(lives('2022-05-01', 90)),

  'leaf-expired': () => chain(lives('2026-08-01', 90)),
  'leaf-not-yet-valid': () => chain(lives('2026-11-23', 90)),
  'leaf-expiring': () => chain(lives('2026-09-13', 90)),
  'leaf-expiring-critical': () => chain(lives('2026-08-29', 90)),
  'leaf-short-lived': () => chain(lives('2026-11-19', 6)),
  'intermediate-expired': () => by(ca('Fixture CA of Yesterday', root, { notAfter: NOW - DAY })),
  'intermediate-renewed': () => ({
    ...chain({}),
    'old.pem': ca('Fixture CA', root, { notAfter: NOW - DAY }),
  }),
  'intermediate-wrong': () => {
    const other = ca('Fixture CA', root, { key: key('another year') })
    return { 'leaf.pem': leaf({}), 'ca.pem': other, 'root.pem': root }
  },
  'intermediate-no-ca': () =>
    by(ca('Fixture Server', root, { extensions: [extensions.basicConstraints(false)] })),

  'lifetime-398': () => chain({ ...lives('2026-03-01', 398), logs: 3 }),
  'lifetime-399': () => chain({ ...lives('2026-03-01', 399), logs: 3 }),
  'lifetime-825-of-2020': () => chain({ ...lives('2020-03-01', 825), logs: 4 }),
  'lifetime-826-of-2020': () => chain({ ...lives('2020-03-01', 826), logs: 4 }),
  'lifetime-over-schedule': () => chain({ ...lives('2026-04-01', 300), logs: 3 }),

  'name-mismatch': () => chain({ names: ['www.example.com'] }),
  'name-wildcard': () => chain({ names: ['*.example.com'] }),
  'name-wildcard-too-deep': () => chain({ names: ['*.example.com'] }),
  'name-wildcard-apex': () => chain({ names: ['*.example.com'] }),
  'name-ip': () => chain({ names: ['203.0.113.7'] }),
  'name-ip-as-dns': () =>
    chain({ names: [{ type: 'dns', value: '203.0.113.7' }], subject: '203.0.113.7' }),
  'name-cn-only': () => chain({ subject: HOST, without: ['subjectAltName'] }),

  'self-signed': () => ({ 'leaf.pem': leaf({ issuer: undefined, logs: 0 }) }),
  'signature-bad': () => chain({ corrupted: true }),
  malformed: () => ({ ...chain({}), 'leaf.pem': broken(leaf({}).der) }),

  'order-wrong': () => {
    const upper = ca('Fixture Upper CA', root)
    const lower = ca('Fixture Lower CA', upper)
    return {
      'leaf.pem': leaf({ issuer: lower }),
      'lower.pem': lower,
      'upper.pem': upper,
      'root.pem': root,
    }
  },
  duplicate: () => chain({}),
  'root-included': () => chain({}),
  unrelated: () => ({ ...chain({}), 'other.pem': ca('Fixture CA of Another Year', root) }),

  'sha1-leaf': () => chain({ hash: 'SHA-1' }),
  'sha1-intermediate': () => by(ca('Fixture SHA-1 CA', root, { hash: 'SHA-1' })),
  'rsa-1024': () => chain({ key: signing.generateKey('rsa-1024') }),
  'rsa-1024-intermediate': () =>
    by(ca('Fixture Small CA', root, { key: signing.generateKey('rsa-1024') })),
  'ec-p521': () => chain({ key: key('p521', 'secp521r1') }),
  ed25519: () => chain({ key: signing.generateKey('ed25519') }),
  'ed25519-intermediate': () =>
    by(ca('Fixture Ed25519 CA', root, { key: signing.generateKey('ed25519') })),
  sm2: () => chain({ key: onSm2(key('sm2')) }),

  'eku-missing': () => chain({ without: ['extendedKeyUsage'] }),
  'eku-client': () => chain({ extensions: [extendedKeyUsage('clientAuth')] }),
  'eku-any': () => chain({ extensions: [extendedKeyUsage('anyExtendedKeyUsage')] }),
  'eku-intermediate': () =>
    by(ca('Fixture CA for Clients', root, { extensions: [extendedKeyUsage('clientAuth')] })),
  'key-usage-agreement': () => chain({ extensions: [extensions.keyUsage('keyAgreement')] }),
  'leaf-is-ca': () => chain({ extensions: [extensions.basicConstraints(true)] }),
  'critical-extension': () =>
    chain({
      extensions: [{ oid: '1.3.6.1.4.1.55555.1', critical: true, value: Uint8Array.of(5, 0) }],
    }),
  'name-constraints': () =>
    by(
      ca('Fixture CA for example.org', root, {
        extensions: [nameConstraints({ permitted: ['example.org'] })],
      }),
    ),
  'path-length': () => {
    const upper = ca('Fixture Last CA', root, { pathLength: 0 })
    const lower = ca('Fixture CA Too Many', upper)
    return {
      'leaf.pem': leaf({ issuer: lower }),
      'lower.pem': lower,
      'upper.pem': upper,
      'root.pem': root,
    }
  },
  'must-staple': () => chain({ extensions: [tlsFeature(5)] }),

  'sct-none': () => chain({ logs: 0 }),
  'sct-two-of-three': () => chain(lives('2026-03-01', 199)),
  'sct-bad-signature': () => {
    const liar = { ...key('nobody'), spki: key('Fixture log 2').spki }
    return chain({ scts: [promise('Fixture log 1'), { ...promise('Fixture log 2'), log: liar }] })
  },
  'sct-unknown-log': () => promised('Fixture log 1', 'Log younger than the list'),
  'sct-unknown-log-alone': () => promised('Log younger than the list'),
  'sct-same-log-twice': () => promised('Fixture log 1', 'Fixture log 1'),
  'sct-one-operator': () => promised('Fixture log 1', 'Second log of operator 1'),
  'sct-retired-since': () => promised('Fixture log 1', 'Log retired in November'),
  'sct-retired-before': () => promised('Fixture log 1', 'Log retired in October'),
  'sct-retired-both': () => promised('Log retired in November', 'Other log retired in November'),
  'sct-rejected-log': () => promised('Fixture log 1', 'Rejected log'),
  'sct-other-years': () => promised('Fixture log 1', 'Log of 2025'),
  'sct-future': () => {
    const late = { ...promise('Fixture log 2'), timestampMs: NOW + DAY }
    return chain({ scts: [promise('Fixture log 1'), late] })
  },
}

writeLogs()
const named = process.argv.slice(2)
for (const name of named.length > 0 ? named : Object.keys(CASES)) {
  if (!CASES[name]) throw new Error(`no case ${name}`)
  const folder = path.join(repository, 'certs-fixtures', name)
  mkdirSync(folder, { recursive: true })
  for (const [file, { der }] of Object.entries(CASES[name]()))
    writeFileSync(path.join(folder, file), encodePem(der))
}

/** Leaf and intermediate under a root: the usual one unless said otherwise. */
function chain(change, anchor = root) {
  const issuer = anchor === root ? intermediate : ca('Fixture CA', anchor)
  return { 'leaf.pem': leaf({ issuer, ...change }), 'ca.pem': issuer, 'root.pem': anchor }
}

/** The usual chain, whose leaf carries timestamps of these logs. */
function promised(...logs) {
  return chain({ scts: logs.map(promise) })
}

function promise(name) {
  return { log: key(name), timestampMs: NOW - 30 * DAY }
}

function under(name) {
  return chain({}, ca(name, null))
}

/** The usual leaf by another intermediate of the usual root. */
function by(issuer) {
  return { 'leaf.pem': leaf({ issuer }), 'ca.pem': issuer, 'root.pem': root }
}

/** A chain to ISRG Root X1, and that root as an older one certified it. */
function crossedX1(change) {
  const x1 = ca('ISRG Root X1', null)
  const x3 = ca('DST Root CA X3', null, { notAfter: Date.parse('2021-09-30') })
  const cross = ca('ISRG Root X1', x3, { notAfter: Date.parse('2024-09-30') })
  return { ...chain(change, x1), 'dst-x3.pem': x3, 'cross.pem': cross }
}

/** One key, two certificates: each stands in the stores of its years. */
function reissued(change = {}) {
  const [old, renewed] = [ca('GTS Root R1', null, change), ca('GTS Root R1', null)]
  return { ...chain({}, renewed), 'root-2016.pem': old }
}

function entrust(change) {
  return chain(change, ca('Entrust Root Certification Authority - G2', null))
}

/** The new root, certified by an old one; `change` is the intermediate's. */
function crossed(change, rootChange = {}) {
  const name = 'Sectigo Public Server Authentication Root R46'
  const old = ca('USERTrust RSA Certification Authority', null)
  const fresh = ca(name, null, rootChange)
  const issuer = ca('Fixture CA', fresh, change)
  return {
    'leaf.pem': leaf({ issuer }),
    'ca.pem': issuer,
    'cross.pem': ca(name, old),
    'root.pem': fresh,
    'usertrust.pem': old,
  }
}

/** EC P-256, SHA-256, 90 days of which 30 are gone, two timestamps: what every platform takes. */
function leaf({ logs = 2, ...change }) {
  const { notBefore = NOW - 30 * DAY } = change
  const scts = LOGS.slice(0, logs).map(({ name }) => ({ log: key(name), timestampMs: notBefore }))
  return issueLeaf({
    names: [HOST],
    key: key('leaf'),
    issuer: intermediate,
    notBefore,
    notAfter: NOW + 60 * DAY,
    scts: scts.length > 0 ? scts : undefined,
    ...change,
  })
}

/** A root where the issuer is null. */
function ca(subject, issuer, change = {}) {
  return issueCa({
    subject,
    key: key(subject),
    issuer: issuer ?? undefined,
    notBefore: Date.parse('2016-01-01'),
    notAfter: Date.parse('2036-01-01'),
    ...change,
  })
}

function lives(from, days) {
  const notBefore = Date.parse(from)
  return { notBefore, notAfter: notBefore + days * DAY }
}

function fetchable() {
  return { extensions: [authorityInfoAccess({ caIssuers: [ISSUER_URL] })] }
}

/** The length of the TBSCertificate reaches beyond the end. */
function broken(der) {
  const bytes = Uint8Array.from(der)
  bytes[6] ^= 0xff
  return { der: bytes }
}

/** An EC key whose number is a hash of its name. */
function key(name, curve = 'prime256v1') {
  const { crv, hash, size } = {
    prime256v1: { crv: 'P-256', hash: 'sha256', size: 32 },
    secp521r1: { crv: 'P-521', hash: 'sha512', size: 66 },
  }[curve]
  const digest = createHash(hash).update(`mpcert fixture: ${name}`).digest()
  const number = Buffer.concat([Buffer.alloc(size - digest.length), digest])
  const pair = createECDH(curve)
  pair.setPrivateKey(number)
  const point = pair.getPublicKey()
  const jwk = {
    kty: 'EC',
    crv,
    d: number.toString('base64url'),
    x: point.subarray(1, 1 + size).toString('base64url'),
    y: point.subarray(1 + size).toString('base64url'),
  }
  const pkcs8 = createPrivateKey({ key: jwk, format: 'jwk' }).export({
    type: 'pkcs8',
    format: 'der',
  })
  return signing.importKey(pkcs8)
}

/** The same bytes, said to be a point of the curve of SM2 (GB/T 32918). */
function onSm2(own) {
  const [p256, sm2] = ['06082a8648ce3d030107', '06082a811ccf5501822d']
  const spki = Buffer.from(Buffer.from(own.spki).toString('hex').replace(p256, sm2), 'hex')
  return { ...own, spki: Uint8Array.from(spki) }
}

function writeLogs() {
  const logs = [...LOGS, ...OTHER_LOGS].map(log => ({
    ...log,
    key: Buffer.from(key(log.name).spki).toString('base64'),
  }))
  const file = path.join(repository, 'certs-fixtures/ct-logs.json')
  writeFileSync(file, `${JSON.stringify(logs, null, 2)}\n`)
}
