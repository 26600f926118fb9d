import { describe, expect, it } from 'vitest'
import { sha256Hex } from '../../src/bytes.ts'
import { checkSct, isDoubtful, type SctOrigin, type SctOutcome } from '../../src/chain/sct.ts'
import { type CtLog, loadCtLogs } from '../../src/stores/ct-logs.ts'
import type { Sct } from '../../src/x509/certificate.ts'
import { sctSigningInput } from '../../src/x509/sct.ts'
import { type KeyKind, type SigningKey, signWith } from '../../src/x509/signing-key.ts'
import { DAY_MS, freshKey, makeCa, makeLeaf, NOW, parsed, testKey } from '../helpers/certs.ts'

const ISSUED = NOW - 30 * DAY_MS
const root = makeCa('Root')
const logKey = testKey('ec-p256', 7)

function describeLog({ spki }: SigningKey, change: Partial<CtLog> = {}): CtLog {
  return {
    id: sha256Hex(spki),
    key: spki,
    operator: 'Operator',
    name: 'Log',
    kind: 'rfc6962',
    state: 'usable',
    stateSince: 0,
    interval: null,
    ...change,
  }
}

interface Variation {
  readonly log?: Partial<CtLog>
  readonly logs?: readonly CtLog[]
  readonly key?: SigningKey
  readonly timestampMs?: number
  readonly at?: number
  readonly sct?: Partial<Sct>
  readonly issuer?: ReturnType<typeof makeCa> | null
}

/** One embedded timestamp of a leaf for 90 days, 30 of which are gone. */
function embedded({ log, key = logKey, issuer = root, at = NOW, ...change }: Variation) {
  const leaf = parsed(
    makeLeaf(['api.example.com'], {
      issuer: root,
      scts: [{ log: key, timestampMs: change.timestampMs ?? ISSUED }],
    }),
  )
  const [sct] = leaf.signedCertificateTimestamps ?? []
  if (!sct) throw new Error('no timestamp')
  const logs = change.logs ?? [describeLog(key, log)]
  const context = { leaf, issuer: issuer && parsed(issuer), logs, at }
  return checkSct({ ...sct, ...change.sct }, 'embedded', context)
}

describe('an embedded timestamp', () => {
  it.each<[string, Variation, SctOutcome]>([
    ['of a usable log', {}, 'good'],
    ['of an RSA log', { key: testKey('rsa-2048') }, 'good'],
    ['of this very moment', { timestampMs: NOW }, 'good'],
    ['of the next millisecond', { timestampMs: NOW + 1 }, 'future'],
    ['judged before it was made', { at: ISSUED - 1 }, 'future'],
    ['of a log nobody knows', { logs: [] }, 'unknown-log'],
    ['of the log after the one it names', { sct: { logId: new Uint8Array(32) } }, 'unknown-log'],
    [
      'with another timestamp than was signed',
      { sct: { timestampMs: ISSUED + 1 } },
      'bad-signature',
    ],
    [
      'with extensions that were not signed',
      { sct: { extensions: Uint8Array.of(1) } },
      'bad-signature',
    ],
    ['said to be made with SHA-1', { sct: { hashAlgorithm: 2 } }, 'bad-signature'],
    ['said to be RSA', { sct: { signatureAlgorithm: 1 } }, 'bad-signature'],
    ['of an algorithm nobody knows', { sct: { signatureAlgorithm: 9 } }, 'bad-signature'],
    ['without a signature', { sct: { signature: new Uint8Array() } }, 'bad-signature'],
    ['made for another issuer', { issuer: makeCa('Root') }, 'bad-signature'],
    ['without its issuer', { issuer: null }, 'no-issuer'],
    ['of version 2', { sct: { version: 1 } }, 'unknown-version'],
    ['of a qualified log', { log: { state: 'qualified' } }, 'good'],
    ['of a log still pending on our list', { log: { state: 'pending' } }, 'undecided-log'],
    ['made before its log retired', { log: { state: 'retired', stateSince: ISSUED + 1 } }, 'good'],
    [
      'made when its log retired',
      { log: { state: 'retired', stateSince: ISSUED } },
      'log-not-trusted',
    ],
    ['of a rejected log', { log: { state: 'rejected', stateSince: NOW } }, 'log-not-trusted'],
    [
      'of a log that will be rejected',
      { log: { state: 'rejected', stateSince: NOW + 1 } },
      'undecided-log',
    ],
    [
      'of a log for the last day',
      { log: { interval: { from: 0, until: NOW + 60 * DAY_MS + 1 } } },
      'good',
    ],
    [
      'of a log whose years end with the last day',
      { log: { interval: { from: 0, until: NOW + 60 * DAY_MS } } },
      'outside-interval',
    ],
    [
      'of a log whose years begin with the last day',
      { log: { interval: { from: NOW + 60 * DAY_MS, until: NOW + 99 * DAY_MS } } },
      'good',
    ],
    [
      'of a log whose years begin later',
      { log: { interval: { from: NOW + 60 * DAY_MS + 1, until: NOW + 99 * DAY_MS } } },
      'outside-interval',
    ],
  ])('%s', (_, variation, outcome) => {
    expect(embedded(variation).outcome).toBe(outcome)
  })

  it('names log and operator where they are known', () => {
    const { log, logId, origin } = embedded({ log: { name: 'Oak', operator: 'Forest' } })
    expect(log).toMatchObject({ name: 'Oak', operator: 'Forest' })
    expect(logId).toBe(sha256Hex(logKey.spki))
    expect(origin).toBe('embedded')
  })

  it('is approved until its log retires', () => {
    const retiring = { state: 'retired', stateSince: NOW } as const
    expect(embedded({ log: retiring, at: NOW - 1 }).approved).toBe(true)
    expect(embedded({ log: retiring }).approved).toBe(false)
    expect(embedded({ logs: [] }).approved).toBe(true)
  })

  it('is in doubt where another list could judge it, and never where it is wrong', () => {
    expect(isDoubtful(embedded({ logs: [] }))).toBe(true)
    expect(isDoubtful(embedded({ log: { state: 'pending' } }))).toBe(true)
    expect(isDoubtful(embedded({}))).toBe(false)
    expect(isDoubtful(embedded({ at: 0 }))).toBe(false)
  })
})

describe('a delivered timestamp', () => {
  const leaf = parsed(makeLeaf(['api.example.com'], { issuer: root }))
  const check = (kind: KeyKind, origin: SctOrigin, certificate = leaf.der) => {
    const log = freshKey(kind)
    const promise = { timestampMs: ISSUED, extensions: new Uint8Array() }
    const input = sctSigningInput(promise, { type: 'x509', certificate })
    const sct: Sct = {
      ...promise,
      version: 0,
      logId: Buffer.from(sha256Hex(log.spki), 'hex'),
      hashAlgorithm: 4,
      signatureAlgorithm: 3,
      signature: signWith(log, input, { hash: 'SHA-256' }).signature,
    }
    return checkSct(sct, origin, { leaf, issuer: null, logs: [describeLog(log)], at: NOW }).outcome
  }

  it('is about the certificate as issued, and needs no issuer', () => {
    expect(check('ec-p256', 'tls')).toBe('good')
    expect(check('ec-p256', 'ocsp')).toBe('good')
  })

  it('does not serve where one is to be embedded, nor for another certificate', () => {
    expect(check('ec-p256', 'embedded')).toBe('no-issuer')
    expect(check('ec-p256', 'tls', root.der)).toBe('bad-signature')
  })
})

it('can use the key of every log on file', () => {
  for (const log of loadCtLogs()) {
    const { outcome } = embedded({
      logs: [{ ...log, interval: null }],
      sct: { logId: Buffer.from(log.id, 'hex') },
    })
    expect(outcome, log.name).toBe('bad-signature')
  }
})
