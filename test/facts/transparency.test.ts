import { describe, expect, it } from 'vitest'
import { sha256Hex } from '../../src/bytes.ts'
import type { CheckedSct } from '../../src/chain/sct.ts'
import { SctBook } from '../../src/facts/scts.ts'
import { type Transparency, weighScts } from '../../src/facts/transparency.ts'
import { androidCt, appleCt, chromiumCt } from '../../src/families/ct.ts'
import { judge } from '../../src/judge/judge.ts'
import type { CtDemand } from '../../src/platform.ts'
import type { CtLog } from '../../src/stores/ct-logs.ts'
import { withAnchors } from '../../src/stores/derive.ts'
import type { ServerFlight } from '../../src/wire/outcome.ts'
import { createWorld, type World } from '../../src/world.ts'
import { TAG } from '../../src/x509/der.ts'
import {
  bitString,
  element,
  explicit,
  generalizedTime,
  implicit,
  integer,
  octetString,
  oid,
  sequence,
} from '../../src/x509/der-writer.ts'
import { encodeSctList, type Sct, sctSigningInput } from '../../src/x509/sct.ts'
import { type SigningKey, signWith } from '../../src/x509/signing-key.ts'
import { DAY_MS, freshKey, makeCa, makeLeaf, NOW, parsed } from '../helpers/certs.ts'
import { loadFixtures } from '../helpers/fixtures.ts'

const root = makeCa('Root')
const ios = appleCt('26', 'error')
const oldIos = appleCt('14', 'error')

function leafFor(days: number, notBefore = NOW - DAY_MS) {
  return parsed(
    makeLeaf(['api.example.com'], { issuer: root, notBefore, notAfter: notBefore + days * DAY_MS }),
  )
}

/** `1` is log 1 of operator 1, `1b` another of that operator; `?` doubtful, `!` wrong, `-` retired, `@` delivered. */
function scts(...words: readonly string[]): readonly CheckedSct[] {
  return words.map(word => {
    const [, operator = '', letter = '', marks = ''] = /^(\d)([b-z]?)(.*)$/.exec(word) ?? []
    const name = operator + letter
    const outcome = marks.includes('?')
      ? 'unknown-log'
      : marks.includes('!')
        ? 'bad-signature'
        : 'good'
    return {
      origin: marks.includes('@') ? 'tls' : 'embedded',
      logId: name,
      log: outcome === 'unknown-log' ? null : ({ name, operator } as CtLog),
      timestampMs: 0,
      outcome,
      approved: !marks.includes('-'),
    }
  })
}

type State = Transparency['state'] | undefined

function stateOf(demand: CtDemand, days: number, words: readonly string[], notBefore?: number) {
  return weighScts(leafFor(days, notBefore), scts(...words), demand, NOW)?.state
}

describe('what a client demands', () => {
  it.each<[string, CtDemand, number, readonly string[], State]>([
    ['two for 180 days', ios, 180, ['1', '2'], 'met'],
    ['three for 181', ios, 181, ['1', '2'], 'too-few'],
    ['three for 181', ios, 181, ['1', '2', '3'], 'met'],
    ['iOS 14: two for 181', oldIos, 181, ['1', '2'], 'met'],
    ['none at all', ios, 90, [], 'too-few'],
    ['logs, not timestamps', ios, 90, ['1', '1'], 'too-few'],
    ['nothing for a wrong one', ios, 90, ['1', '2!'], 'too-few'],
    ['a doubtful one in the place of a good one', ios, 90, ['1', '2?'], 'unverified'],
    ['no word of doubt where there are enough', ios, 90, ['1', '2', '3?'], 'met'],
    ['doubtful ones alone', ios, 90, ['1?', '2?'], 'unverified'],
    ['too few with doubtful ones too', ios, 181, ['1', '2?'], 'too-few'],
    ['one log that is approved today', ios, 90, ['1-', '2'], 'met'],
    ['one log that is approved today', ios, 90, ['1-', '2-'], 'none-approved'],
    ['a doubtful log may be the approved one', ios, 90, ['1-', '2-', '3?'], 'unverified'],
    ['two operators by the page', ios, 90, ['1', '1b'], 'one-operator'],
    ['two of three from one operator', ios, 200, ['1', '1b', '2'], 'met'],
    ['three of one operator', ios, 200, ['1', '1b', '1c'], 'one-operator'],
    ['any operator where nobody asked yet', oldIos, 90, ['1', '1b'], 'met'],
    ['an unknown log may be of another operator', ios, 90, ['1', '1b', '2?'], 'unverified'],
    ['two delivered', ios, 398, ['1@', '2@'], 'met'],
    ['two delivered of one operator, for Apple', ios, 90, ['1@', '1b@'], 'met'],
    ['two delivered of one operator, for Android', androidCt, 90, ['1@', '1b@'], 'one-operator'],
    ['one embedded and one delivered', ios, 398, ['1', '2@'], 'met'],
    ['the same log both ways', ios, 398, ['1', '1@'], 'too-few'],
    ['a retired log delivered', ios, 398, ['1-@', '2@'], 'too-few'],
    ['one delivered alone', ios, 90, ['1@'], 'too-few'],
    ['Android: three for 181', androidCt, 181, ['1', '2'], 'too-few'],
    ['Chromium: two operators', chromiumCt, 90, ['1', '1b'], 'one-operator'],
  ])('%s', (_, demand, days, words, state) => {
    expect(stateOf(demand, days, words)).toBe(state)
  })

  it('is the table of the issue date', () => {
    const before = Date.parse('2021-04-20')
    const weigh = (notBefore: number, words: readonly string[]) =>
      weighScts(leafFor(800, notBefore), scts(...words), ios, notBefore + DAY_MS)
    expect(weigh(before, ['1', '2', '3'])).toMatchObject({ state: 'met', needed: 3 })
    expect(weigh(before, ['1', '2'])).toMatchObject({ state: 'too-few', needed: 3 })
    expect(weigh(before, ['1', '1b', '1c'])?.state).toBe('met')
    expect(weigh(before + DAY_MS, ['1', '1b', '1c'])?.state).toBe('one-operator')
  })

  it('leaves out leaves older than the demand, and those that are not valid now', () => {
    const first = Date.parse('2018-10-16')
    const weigh = (notBefore: number, at: number) =>
      weighScts(leafFor(90, notBefore), [], ios, at)?.state ?? null
    expect(weigh(first, first)).toBe('too-few')
    expect(weigh(first - 1000, first)).toBeNull()
    expect(weigh(first, first - 1)).toBeNull()
    expect(weigh(first, first + 90 * DAY_MS)).toBe('too-few')
    expect(weigh(first, first + 90 * DAY_MS + 1)).toBeNull()
  })

  it('counts what came which way', () => {
    expect(weighScts(leafFor(90), scts('1', '2!', '3?', '4@', '5@!'), ios, NOW)).toEqual({
      state: 'met',
      embedded: 2,
      needed: 2,
      delivered: 1,
    })
  })
})

describe('the timestamps of a handshake', () => {
  const logs = [freshKey(), freshKey()]
  const leaf = parsed(
    makeLeaf(['api.example.com'], {
      issuer: root,
      scts: logs.map(log => ({ log, timestampMs: NOW - DAY_MS })),
    }),
  )
  const world = { ...createWorld(NOW), ctLogs: logs.map(describeLog) }
  const promise = (number: number) =>
    deliveredSct(logs[number] ?? freshKey(), leaf.der, NOW - DAY_MS)
  const outcomes = (sctList: Uint8Array | null, ocspStaple: Uint8Array | null = null) =>
    new SctBook(world)
      .of(leaf, parsed(root), { sctList, ocspStaple })
      .map(({ origin, outcome }) => `${origin} ${outcome}`)

  it('come from all three places', () => {
    const staple = response(encodeSctList([promise(1)]))
    expect(outcomes(encodeSctList([promise(0), promise(9)]), staple)).toEqual([
      'embedded good',
      'embedded good',
      'tls good',
      'tls unknown-log',
      'ocsp good',
    ])
  })

  it('are none where a list cannot be read', () => {
    const list = encodeSctList([promise(0)])
    expect(outcomes(list.subarray(1), response(list.subarray(1)))).toEqual([
      'embedded good',
      'embedded good',
    ])
  })

  it('are verified once for all who see the same', () => {
    const book = new SctBook(world)
    const of = (issuer = parsed(root)) => book.of(leaf, issuer, { sctList: null, ocspStaple: null })
    expect(of()).toBe(of(parsed(root)))
    expect(of(parsed(makeCa('Other')))).not.toBe(of())
  })

  it('are none in an error response, and in one without the extension', () => {
    const tryLater = sequence(element(TAG.enumerated, Uint8Array.of(3)))
    for (const staple of [tryLater, response(null), Uint8Array.of(1, 2, 3)])
      expect(outcomes(null, staple)).toHaveLength(2)
  })

  it('never are more than a client would read', () => {
    const list = encodeSctList([promise(0)])
    const staple = response(...Array.from({ length: 99 }, () => list))
    expect(outcomes(null, staple)).toHaveLength(12)
  })
})

describe('a judgement', () => {
  const fixture = loadFixtures().find(({ name }) => name === 'sct-none')
  if (!fixture) throw new Error('no fixture')
  const [first = new Uint8Array()] = Object.values(fixture.observation.nodes[0]?.attempts ?? {})
    .flatMap(attempt => (attempt.kind === 'failed' ? [] : [attempt.server.chain ?? []]))
    .flat()
  const logs = [freshKey(), freshKey()]
  const list = encodeSctList(logs.map(log => deliveredSct(log, first, fixture.world.at - DAY_MS)))
  const judged = (server: Partial<ServerFlight>, world: Partial<World>) => {
    const nodes = fixture.observation.nodes.map(node => ({
      ...node,
      attempts: Object.fromEntries(
        Object.entries(node.attempts).map(([id, attempt]) => [
          id,
          attempt.kind === 'server-hello'
            ? { ...attempt, server: { ...attempt.server, ...server } }
            : attempt,
        ]),
      ),
    }))
    const { status, findings } = judge(
      { ...fixture.observation, nodes },
      { ...fixture.world, ...world },
    )
    return [status, ...new Set(findings.map(({ severity, rule }) => `${severity} ${rule}`))]
  }

  it('takes what the handshake delivers', () => {
    const ctLogs = logs.map(describeLog)
    expect(judged({ sctList: list }, { ctLogs })).toEqual(['pass'])
    expect(judged({ ocspStaple: response(list) }, { ctLogs })).not.toContain('error ct-missing')
    expect(judged({ sctList: list }, {})).toEqual(['pass', 'info ct-unverified'])
    expect(judged({}, { ctLogs })).toEqual(['fail', 'error ct-missing', 'warn ct-missing'])
  })

  it('asks nothing under a root that the user brought', () => {
    const { stores } = createWorld(fixture.world.at)
    const roots = fixture.world.stores.find('Fixture Root').flatMap(({ der }) => der ?? [])
    expect(roots).toHaveLength(1)
    expect(judged({}, { stores: withAnchors(stores, roots) })).toEqual(['pass'])
  })
})

function describeLog({ spki }: SigningKey, index: number): CtLog {
  return {
    id: sha256Hex(spki),
    key: spki,
    operator: `Operator ${index}`,
    name: `Log ${index}`,
    kind: 'rfc6962',
    state: 'usable',
    stateSince: 0,
    interval: null,
  }
}

/** What a log promises of a certificate as issued. */
function deliveredSct(log: SigningKey, certificate: Uint8Array, timestampMs: number): Sct {
  const signed = { timestampMs, extensions: new Uint8Array() }
  const input = sctSigningInput(signed, { type: 'x509', certificate })
  return {
    ...signed,
    version: 0,
    logId: Buffer.from(sha256Hex(log.spki), 'hex'),
    hashAlgorithm: 4,
    signatureAlgorithm: 3,
    signature: signWith(log, input, { hash: 'SHA-256' }).signature,
  }
}

/** An OCSP response with one single response for each list (RFC 6960 §4.2.1); nobody verifies its signature here. */
function response(...lists: readonly (Uint8Array | null)[]): Uint8Array {
  const moment = generalizedTime(NOW - DAY_MS)
  const hash = octetString(new Uint8Array(20))
  const algorithm = sequence(oid('1.3.14.3.2.26'))
  const single = (list: Uint8Array | null) => {
    const extension =
      list && sequence(oid('1.3.6.1.4.1.11129.2.4.5'), octetString(octetString(list)))
    return sequence(
      sequence(algorithm, hash, hash, integer(1)),
      implicit(0, new Uint8Array()),
      moment,
      ...(extension ? [explicit(1, sequence(extension))] : []),
    )
  }
  const data = sequence(explicit(2, hash), moment, sequence(...lists.map(single)))
  const basic = sequence(data, sequence(oid('1.2.840.10045.4.3.2')), bitString(Uint8Array.of(1)))
  return sequence(
    element(TAG.enumerated, Uint8Array.of(0)),
    explicit(0, sequence(oid('1.3.6.1.5.5.7.48.1.1'), octetString(basic))),
  )
}
