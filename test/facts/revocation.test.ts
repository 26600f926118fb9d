// What staples, responders and CRLs say, asked for real on loopback, recorded, and judged.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { toAddress } from '../../src/connect/dns.ts'
import { createFetcher, type Fetcher } from '../../src/connect/fetch.ts'
import { ChainBook } from '../../src/facts/chain-book.ts'
import { fetchRevocation } from '../../src/facts/fetch-revocation.ts'
import { judge } from '../../src/judge/judge.ts'
import type { Attempt, Observation } from '../../src/observation.ts'
import { decodeObservation, encodeObservation } from '../../src/observation-file.ts'
import type { TargetResult } from '../../src/report.ts'
import { withAnchors } from '../../src/stores/derive.ts'
import { createWorld } from '../../src/world.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import { readDer, TAG } from '../../src/x509/der.ts'
import {
  authorityInfoAccess,
  crlDistributionPoints,
  type NewExtension,
} from '../../src/x509/extension-builders.ts'
import type { Issued } from '../../src/x509/issue.ts'
import { EXTENSION_OID } from '../../src/x509/oids.ts'
import { recordAttempts } from '../helpers/attempts.ts'
import { DAY_MS, freshKey, makeCa, makeCrl, makeLeaf, NOW } from '../helpers/certs.ts'
import { makeOcsp, nonceExtension, wrongResponses } from '../helpers/ocsp.ts'

const HOST = 'api.example.com'
const root = makeCa('Root')
const ca = makeCa('CA', { issuer: root, serial: 77 })
const plain = makeLeaf([HOST], { issuer: ca, serial: 55 })
const subject = { certificate: plain, issuer: ca }
const SERIAL = Uint8Array.of(55)
const REVOKED = { revokedAt: NOW - 3 * DAY_MS, reason: 1 }

const created = createWorld(NOW)
const world = { ...created, stores: withAnchors(created.stores, [root.der]) }

interface Shown {
  readonly chain?: readonly Issued[]
  /** By hello id; all alike where it is no function. */
  readonly staple?: Uint8Array | null | ((hello: string) => Uint8Array | null)
}

function observe({ chain = [plain, ca], staple = null }: Shown): Observation {
  const attempts = recordAttempts(
    chain.map(({ der }) => der),
    {},
  )
  const stapled = Object.entries(attempts).map(([hello, attempt]): [string, Attempt] => {
    if (attempt.kind === 'failed') return [hello, attempt]
    const ocspStaple = typeof staple === 'function' ? staple(hello) : staple
    const server = attempt.server.chain ? { ...attempt.server, ocspStaple } : attempt.server
    return [hello, { ...attempt, server }]
  })
  return {
    target: { input: HOST, host: HOST, port: 443, servername: HOST, verifyName: HOST },
    observedAt: NOW,
    resolution: { state: 'resolved' },
    nodes: [
      {
        address: toAddress('203.0.113.7'),
        reach: { state: 'connected' },
        rttMs: 1,
        attempts: Object.fromEntries(stapled),
      },
    ],
    issuers: [],
    revocation: [],
  }
}

const RULES = ['cert-revoked', 'ocsp-staple-invalid', 'revocation-unknown']

/** What is said of revocation: severity, rule, message. */
function said(result: TargetResult): string[] {
  return result.findings
    .filter(({ rule }) => RULES.includes(rule))
    .map(({ severity, rule, message }) => `${severity} ${rule}: ${message.en}`)
}

const judged = (shown: Shown) => said(judge(observe(shown), world))

describe('a staple', () => {
  it('that is good, or none at all, is not spoken of', () => {
    expect(judged({})).toEqual([])
    expect(judged({ staple: makeOcsp(subject) })).toEqual([])
  })

  it('that revokes fails every cell, whatever hello it came with', () => {
    const staple = makeOcsp(subject, { status: REVOKED })
    const result = judge(
      observe({ staple: hello => (hello === 'chrome-101' ? staple : null) }),
      world,
    )
    expect(said(result)).toEqual([
      'error cert-revoked: api.example.com was revoked on 2026-11-19 (keyCompromise), says the OCSP response the server staples',
    ])
    for (const { id, cells } of result.platforms)
      for (const { api, verdict, reasons } of cells) {
        expect(verdict, `${id}/${api}`).toBe('fail')
        expect(reasons, `${id}/${api}`).toContain('cert-revoked')
      }
  })

  it('that revokes counts where no client trusts the chain', () => {
    const staple = makeOcsp(subject, { status: REVOKED })
    const result = judge(observe({ staple }), { ...world, stores: created.stores })
    expect(said(result).join()).toMatch(/^error cert-revoked/)
  })

  const stranger = makeCa('Other CA')
  const other = { certificate: makeLeaf(['other.example'], { issuer: stranger }), issuer: stranger }
  it.each(wrongResponses(subject, other))('of no use is a warning: %s', (_, __, staple) => {
    expect(judged({ staple })).toEqual([
      expect.stringMatching(/^warn ocsp-staple-invalid: what the server staples is of no use: /),
    ])
  })

  it('is judged for the clients alone that got it', () => {
    const staple = makeOcsp(subject, { corrupted: true })
    const result = judge(
      observe({ staple: hello => (hello === 'chrome-101' ? staple : null) }),
      world,
    )
    const ios = result.platforms.find(({ id }) => id === 'ios-18')
    const warned = ios?.cells.filter(({ reasons }) => reasons.includes('ocsp-staple-invalid'))
    expect(warned?.map(({ api }) => api)).toEqual(['request', 'download'])
  })
})

interface Heard {
  readonly request: IncomingMessage
  readonly body: Uint8Array
}

type Answer = (heard: Heard, response: ServerResponse) => void

/** An HTTP server with one answer, which hears what it was asked. */
async function serve(answer: Answer) {
  const heard: Heard[] = []
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    const one = { request, body: new Uint8Array(Buffer.concat(chunks)) }
    heard.push(one)
    answer(one, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, heard }
}

function sending(body: Uint8Array | (() => Uint8Array)): Answer {
  return (_, response) => {
    response.end(typeof body === 'function' ? body() : body)
  }
}

const refuse: Answer = (_, response) => {
  response.writeHead(503).end()
}

const leafWith = (...extensions: NewExtension[]) =>
  makeLeaf([HOST], { issuer: ca, serial: 55, extensions })
const asking = (url: string) => authorityInfoAccess({ ocsp: [url] })

const usual = () => createFetcher({ allowPrivate: true, timeoutMs: 500 })

async function ask(chain: readonly Issued[], fetcher: Fetcher = usual()) {
  const observation = observe({ chain })
  const chains = new ChainBook(observation, world)
  const completed = await fetchRevocation({ observation, chains }, world, fetcher)
  const live = judge(completed.observation, world, { chains: completed.chains })
  const saved = decodeObservation(encodeObservation(completed.observation), 'f')
  // Nobody is asked twice: what was recorded says the same.
  expect(said(judge(saved, world))).toEqual(said(live))
  return { said: said(live), asked: completed.observation.revocation, result: live }
}

describe('a responder', () => {
  it('is asked by POST, with a nonce', async () => {
    const leaf = () => parseCertificate(made.der)
    const { url, heard } = await serve(
      sending((): Uint8Array => makeOcsp({ certificate: made, issuer: ca })),
    )
    const made = leafWith(asking(url))
    const { said, asked } = await ask([made, ca])
    expect(said).toEqual([])
    expect(asked).toMatchObject([{ certificate: leaf().sha256, kind: 'ocsp', url }])
    const [one] = heard
    expect(heard).toHaveLength(1)
    expect(one?.request.method).toBe('POST')
    expect(one?.request.headers['content-type']).toBe('application/ocsp-request')
    readDer(one?.body ?? new Uint8Array(), 'request', TAG.sequence)
    expect(Buffer.from(one?.body ?? []).includes(Buffer.from(asked[0]?.nonce ?? [0]))).toBe(true)
  })

  it('that says revoked is an error: leaf and intermediate', async () => {
    const first = await serve(
      sending((): Uint8Array => makeOcsp({ certificate: leaf, issuer: ca }, { status: REVOKED })),
    )
    const leaf = leafWith(asking(first.url))
    expect((await ask([leaf, ca])).said).toEqual([
      'error cert-revoked: api.example.com was revoked on 2026-11-19 (keyCompromise), says its OCSP responder',
    ])
    const second = await serve(
      sending(
        (): Uint8Array => makeOcsp({ certificate: lower, issuer: root }, { status: REVOKED }),
      ),
    )
    const lower = makeCa('Lower', { issuer: root, extensions: [asking(second.url)] })
    const below = makeLeaf([HOST], { issuer: lower })
    expect((await ask([below, lower])).said).toEqual([
      'error cert-revoked: Lower was revoked on 2026-11-19 (keyCompromise), says its OCSP responder',
    ])
  })

  it.each([
    ['unknown', { status: 'unknown' }, 'the OCSP responder does not know the certificate'],
    [
      'ended',
      { thisUpdate: NOW - 3 * DAY_MS, nextUpdate: NOW - 2 * DAY_MS },
      'the OCSP response ended at 2026-11-20T00:00Z',
    ],
    ['wrong signer', { signer: makeCa('Evil') }, 'may not speak for the issuer'],
    ['forged', { corrupted: true }, 'the signature of the OCSP response does not verify'],
  ] as const)('of no use is info: %s', async (_, spec, words) => {
    const { url } = await serve(
      sending((): Uint8Array => makeOcsp({ certificate: leaf, issuer: ca }, spec)),
    )
    const leaf = leafWith(asking(url))
    const { said, result } = await ask([leaf, ca])
    expect(said).toHaveLength(1)
    expect(said[0]).toContain(`info revocation-unknown: nobody could tell whether ${HOST}`)
    expect(said[0]).toContain(words)
    expect(result.status).not.toBe('unknown')
  })

  it.each([
    ['slow', () => {}, 'did not answer in time'],
    ['garbage', sending(Uint8Array.of(60, 104)), 'the OCSP response cannot be read'],
    ['endless', sending(new Uint8Array(70_000)), 'the answer is too large (> 65536 bytes)'],
    ['broken', refuse, 'answers with HTTP 503'],
  ] as const)('in trouble is info: %s', async (_, answer, words) => {
    const { url } = await serve(answer)
    const { said } = await ask([leafWith(asking(url)), ca])
    expect(said).toEqual([expect.stringContaining(`${url}: ${words}`)])
    expect(said[0]).toMatch(/^info revocation-unknown/)
  })

  it('at a private address is not asked unless allowed', async () => {
    const { url, heard } = await serve(sending(new Uint8Array()))
    const { said } = await ask([leafWith(asking(url)), ca], createFetcher())
    expect(heard).toEqual([])
    expect(said).toEqual([expect.stringContaining('at a private address (127.0.0.1)')])
  })

  it('that answers another request tells nothing', async () => {
    const extensions = [nonceExtension(Uint8Array.of(1, 2, 3))]
    const { url } = await serve(
      sending((): Uint8Array => makeOcsp({ certificate: leaf, issuer: ca }, { extensions })),
    )
    const leaf = leafWith(asking(url))
    expect((await ask([leaf, ca])).said).toEqual([expect.stringContaining('its nonce differs')])
  })

  it('is asked once of each certificate, however many targets share it', async () => {
    const { url, heard } = await serve(
      sending((): Uint8Array => makeOcsp({ certificate: lower, issuer: root })),
    )
    const lower = makeCa('Lower', { issuer: root, extensions: [asking(url)] })
    const fetcher = usual()
    for (const name of ['one', 'two', 'three'])
      await ask([makeLeaf([HOST], { issuer: lower, subject: name }), lower], fetcher)
    expect(heard).toHaveLength(1)
  })

  it('is not there: nothing is said of it', async () => {
    const { said, asked } = await ask([plain, ca])
    expect([said, asked]).toEqual([[], []])
  })
})

describe('a CRL', () => {
  const listing = (url: string) => crlDistributionPoints(url)
  const crl = (spec: Partial<Parameters<typeof makeCrl>[0]> = {}) =>
    makeCrl({ issuer: ca, ...spec })

  it('tells where no responder is named', async () => {
    const good = await serve(sending(crl()))
    expect((await ask([leafWith(listing(good.url)), ca])).said).toEqual([])
    expect(good.heard[0]?.request.method).toBe('GET')
    const bad = await serve(sending(crl({ revoked: [{ serial: SERIAL, reason: 4 }] })))
    expect((await ask([leafWith(listing(bad.url)), ca])).said).toEqual([
      "error cert-revoked: api.example.com was revoked on 2026-11-21 (superseded), says its issuer's CRL",
    ])
  })

  it('tells where the responder does not, and is not asked where it does', async () => {
    const list = await serve(sending(crl({ revoked: [{ serial: SERIAL }] })))
    const dumb = await serve(sending(new Uint8Array()))
    const both = (url: string) => leafWith(asking(url), listing(list.url))
    expect((await ask([both(dumb.url), ca])).said).toEqual([
      expect.stringMatching(/^error cert-revoked: .* says its issuer's CRL$/),
    ])
    const able = await serve(sending((): Uint8Array => makeOcsp({ certificate: leaf, issuer: ca })))
    const leaf = both(able.url)
    expect((await ask([leaf, ca])).asked).toHaveLength(1)
    expect(list.heard).toHaveLength(1)
  })

  it('is large', async () => {
    const serials = Array.from({ length: 5000 }, (_, index) => ({
      serial: Uint8Array.of(index >> 8, index & 255, ...new Uint8Array(14)),
    }))
    const body = crl({ revoked: [...serials, { serial: SERIAL }] })
    expect(body.length).toBeGreaterThan(65_536)
    const { url } = await serve(sending(body))
    expect((await ask([leafWith(listing(url)), ca])).said.join()).toMatch(/^error cert-revoked/)
  })

  it('has a delta', async () => {
    const full = await serve(sending(crl({ number: 7 })))
    const delta = await serve(
      sending(crl({ number: 8, base: 7, revoked: [{ serial: SERIAL, reason: 1 }] })),
    )
    const freshest = { ...listing(delta.url), oid: EXTENSION_OID.freshestCrl }
    expect((await ask([leafWith(listing(full.url), freshest), ca])).said).toEqual([
      expect.stringContaining('(keyCompromise)'),
    ])
  })

  it('says itself where its delta is', async () => {
    const delta = await serve(
      sending(crl({ number: 8, base: 7, revoked: [{ serial: SERIAL, reason: 5 }] })),
    )
    const freshest = { ...listing(delta.url), oid: EXTENSION_OID.freshestCrl }
    const full = await serve(sending(crl({ number: 7, extensions: [freshest] })))
    const { said, asked } = await ask([leafWith(listing(full.url)), ca])
    expect(said).toEqual([expect.stringContaining('(cessationOfOperation)')])
    expect(asked.map(({ url }) => url)).toEqual([full.url, delta.url])
  })

  it('may be a little younger than our clock allows', async () => {
    const { url } = await serve(sending(crl({ thisUpdate: NOW + 60_000 })))
    expect((await ask([leafWith(listing(url)), ca])).said).toEqual([])
    const later = await serve(sending(crl({ thisUpdate: NOW + 600_000 })))
    expect((await ask([leafWith(listing(later.url)), ca])).said).toEqual([
      expect.stringContaining('the CRL is of no use (not yet issued)'),
    ])
  })

  it('that departs from the form still revokes', async () => {
    const { url } = await serve(sending(crl({ number: null, revoked: [{ serial: SERIAL }] })))
    expect((await ask([leafWith(listing(url)), ca])).said.join()).toMatch(/^error cert-revoked/)
  })

  it.each([
    ['ended', { nextUpdate: NOW - DAY_MS }, 'the CRL is of no use (out of date)'],
    ['forged', { key: freshKey() }, 'the CRL is of no use (its signature does not verify)'],
    ["another CA's", { issuer: root }, "the CRL is not the issuer's"],
  ] as const)('of no use is info: %s', async (_, spec, words) => {
    const { url } = await serve(sending(crl({ ...spec, revoked: [{ serial: SERIAL }] })))
    expect((await ask([leafWith(listing(url)), ca])).said).toEqual([
      `info revocation-unknown: nobody could tell whether ${HOST} has been revoked. ${url}: ${words}`,
    ])
  })

  it('that is garbage, or at no http address, is info', async () => {
    const { url } = await serve(sending(Uint8Array.of(1, 2)))
    expect((await ask([leafWith(listing(url)), ca])).said).toEqual([
      expect.stringContaining('the CRL cannot be read (crl: '),
    ])
    expect((await ask([leafWith(listing('ldap://ca.example/x')), ca])).said).toEqual([
      expect.stringContaining('ldap://ca.example/x: no http or https address'),
    ])
  })
})

it('asks about no more certificates than it may, and says so of the others', async () => {
  const { url, heard } = await serve(refuse)
  const chain: Issued[] = []
  let issuer = root
  for (let depth = 0; depth < 9; depth++) {
    issuer = makeCa(`CA ${depth}`, { issuer, extensions: [asking(url)] })
    chain.unshift(issuer)
  }
  const leaf = makeLeaf([HOST], { issuer, extensions: [asking(url)] })
  const { said, asked } = await ask([leaf, ...chain])
  expect(asked).toHaveLength(10)
  expect(heard).toHaveLength(8)
  expect(said.filter(text => text.endsWith(': not asked'))).toHaveLength(2)
})
