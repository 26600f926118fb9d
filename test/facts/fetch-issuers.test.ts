// A server that leaves its intermediates out, and an AIA server that has them: well and badly behaved.
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { concat, utf8 } from '../../src/bytes.ts'
import { toAddress } from '../../src/connect/dns.ts'
import { createFetcher, offline } from '../../src/connect/fetch.ts'
import { fetchIssuers } from '../../src/facts/fetch-issuers.ts'
import { judge } from '../../src/judge/judge.ts'
import type { Observation } from '../../src/observation.ts'
import { decodeObservation, encodeObservation } from '../../src/observation-file.ts'
import { onlyAnchors } from '../../src/stores/derive.ts'
import { createIntermediates, describeIntermediate } from '../../src/stores/intermediates.ts'
import { createWorld, type World } from '../../src/world.ts'
import { sequence } from '../../src/x509/der-writer.ts'
import { authorityInfoAccess } from '../../src/x509/extension-builders.ts'
import type { Issued } from '../../src/x509/issue.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { encodeSignedData } from '../../src/x509/pkcs7.ts'
import { recordAttempts } from '../helpers/attempts.ts'
import { makeCa, makeLeaf, NOW, parsed } from '../helpers/certs.ts'
import { AN_END_MS } from '../helpers/patience.ts'

const root = makeCa('AIA Root')
const intermediate = makeCa('AIA Intermediate', { issuer: root })
const stranger = makeCa('Stranger')

let world: World
beforeAll(() => {
  const base = createWorld(NOW)
  world = { ...base, stores: onlyAnchors(base.stores, [root.der]) }
})

const fetcher = () => createFetcher({ allowPrivate: true, timeoutMs: 500 })

interface AiaServer {
  readonly url: string
  readonly asked: readonly string[]
}

async function serve(listener: RequestListener): Promise<AiaServer> {
  const asked: string[] = []
  const server = createServer((request, answer) => {
    asked.push(request.url ?? '')
    listener(request, answer)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ca`, asked }
}

const serveBody = (body: Uint8Array) => serve((_, answer) => answer.end(body))

function leafFor(url: string | null, issuer = intermediate): Issued {
  const extensions = url === null ? [] : [authorityInfoAccess({ caIssuers: [url] })]
  return makeLeaf(['aia.example'], { issuer, extensions })
}

function observe(...chain: readonly Issued[]): Observation {
  const host = 'aia.example'
  return {
    target: { input: host, host, port: 443, servername: host, verifyName: host },
    observedAt: NOW,
    resolution: { state: 'resolved' },
    nodes: [
      {
        address: toAddress('203.0.113.7'),
        reach: { state: 'connected' },
        rttMs: 1,
        attempts: recordAttempts(
          chain.map(({ der }) => der),
          {},
        ),
      },
    ],
    issuers: [],
    revocation: [],
  }
}

/** By family: what the clients there say of the chain. */
function verdicts(observation: Observation, at: World): Readonly<Record<string, string>> {
  const { platforms } = judge(observation, at)
  const cell = (id: string) => {
    const found = platforms.find(platform => platform.id === id)?.cells[0]
    return `${found?.verdict} ${found?.reasons.find(reason => reason === 'chain-incomplete')}`
  }
  return { ios: cell('ios-18'), android: cell('android-17') }
}

const REPAIRED = { ios: 'warn chain-incomplete', android: 'fail chain-incomplete' }

describe('an AIA server', () => {
  it.each<[string, () => Uint8Array]>([
    ['DER', () => intermediate.der],
    ['PEM', () => utf8(encodePem(intermediate.der))],
    [
      'PEM of several, with text between',
      () => utf8(`x\n${encodePem(stranger.der)}y\n${encodePem(intermediate.der)}`),
    ],
    ['PKCS#7', () => encodeSignedData([stranger.der, intermediate.der])],
    [
      'PKCS#7 with garbage beside',
      () => encodeSignedData([sequence(sequence()), intermediate.der]),
    ],
    ['PKCS#7 as PEM', () => utf8(encodePem(encodeSignedData([intermediate.der]), 'PKCS7'))],
  ])('that has the issuer as %s helps the clients that fetch, and those alone', async (_, body) => {
    const { url, asked } = await serveBody(body())
    const { observation } = await fetchIssuers(observe(leafFor(url)), world, fetcher())
    expect(asked).toEqual(['/ca'])
    expect(observation.issuers).toMatchObject([{ url, result: { state: 'fetched' } }])
    expect(verdicts(observation, world)).toEqual(REPAIRED)
  })

  it.each<[string, RequestListener, string]>([
    [
      'goes in a circle',
      (_, answer) => answer.writeHead(302, { location: '/ca' }).end(),
      'redirects',
    ],
    ['sends 100 MB', (_, answer) => answer.end(Buffer.alloc(100 << 20)), 'too-large'],
    ['drips', (_, answer) => void answer.write('a'), 'timeout'],
    ['says nothing', () => undefined, 'timeout'],
    ['has lost it', (_, answer) => answer.writeHead(404).end(), 'status'],
  ])('that %s leaves the fetching clients unknown', async (_, listener, reason) => {
    const { url } = await serve(listener)
    const started = performance.now()
    const { observation } = await fetchIssuers(observe(leafFor(url)), world, fetcher())
    expect(performance.now() - started).toBeLessThan(AN_END_MS)
    expect(observation.issuers).toMatchObject([{ result: { state: 'failed', reason } }])
    expect(verdicts(observation, world)).toEqual({
      ios: 'unknown chain-incomplete',
      android: 'fail chain-incomplete',
    })
  })

  it('is asked once in a run, whatever it answers', async () => {
    const { url, asked } = await serveBody(utf8('nothing of use'))
    const shared = fetcher()
    for (const leaf of [leafFor(url), leafFor(url)])
      await fetchIssuers(observe(leaf), world, shared)
    expect(asked).toEqual(['/ca'])
  })

  it('whose issuers never end is left after a few steps', async () => {
    const listener: RequestListener = (request, answer) => {
      const step = Number(/\d+/.exec(request.url ?? '')?.[0] ?? 0)
      answer.end(chain[step]?.der)
    }
    const { url, asked } = await serve(listener)
    const chain: Issued[] = [stranger]
    for (let index = 1; index < 12; index++) {
      const extensions = [authorityInfoAccess({ caIssuers: [`${url}${index - 1}`] })]
      chain.push(makeCa(`Step ${index}`, { issuer: chain[index - 1], extensions }))
    }
    await fetchIssuers(observe(leafFor(`${url}11`, chain[11])), world, fetcher())
    expect(asked).toHaveLength(4)
  })
})

describe('the library of intermediates', () => {
  const libraryOf = (...certificates: readonly Issued[]): World => {
    const pool = concat(certificates.map(({ der }) => der))
    const entries = certificates.map(parsed).map(describeIntermediate)
    return { ...world, intermediates: createIntermediates(entries, () => pool) }
  }

  it('is searched before anybody is asked, and what it held is recorded', async () => {
    const { url, asked } = await serveBody(intermediate.der)
    const known = libraryOf(stranger, intermediate)
    const { observation } = await fetchIssuers(observe(leafFor(url)), known, fetcher())
    expect(asked).toEqual([])
    expect(observation.issuers).toEqual([
      { url: null, result: { state: 'fetched', body: intermediate.der } },
    ])
    const again = decodeObservation(encodeObservation(observation), 'x')
    expect(again).toEqual(observation)
    // Judged again, it needs no library.
    expect(verdicts(again, world)).toEqual(REPAIRED)
  })

  it('names the very certificate when nobody can be asked', async () => {
    const url = 'http://ca.example/ca.der'
    const known = libraryOf(intermediate)
    const { observation } = await fetchIssuers(observe(leafFor(url)), known, offline)
    const { chains, findings } = judge(observation, known)
    const { sha256, subjectKeyIdentifier } = parsed(intermediate)
    const keyId = Buffer.from(subjectKeyIdentifier ?? [])
      .toString('hex')
      .toUpperCase()
    expect(chains[0]?.missing).toEqual([
      {
        subject: 'CN=AIA Intermediate',
        keyId: keyId.match(/../g)?.join(':'),
        issuerUrl: url,
        sha256,
      },
    ])
    const fix = findings.find(({ rule }) => rule === 'chain-incomplete')?.fix?.text
    for (const locale of ['en', 'zh-CN'] as const)
      for (const part of ['AIA Intermediate', url, '--write-fullchain'])
        expect(fix?.[locale]).toContain(part)
  })

  it('helps no client where the certificate itself does not say where to fetch', async () => {
    const known = libraryOf(intermediate)
    const { observation } = await fetchIssuers(observe(leafFor(null)), known, fetcher())
    expect(verdicts(observation, known)).toEqual({
      ios: 'fail chain-incomplete',
      android: 'fail chain-incomplete',
    })
  })

  it('gives way to the URL where its own leads nowhere', async () => {
    const namesake = makeCa('AIA Intermediate', { issuer: root })
    const { url, asked } = await serveBody(intermediate.der)
    const { observation } = await fetchIssuers(
      observe(leafFor(url)),
      libraryOf(namesake),
      fetcher(),
    )
    expect(asked).toEqual(['/ca'])
    expect(verdicts(observation, world)).toEqual(REPAIRED)
  })
})
