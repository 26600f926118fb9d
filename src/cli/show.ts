/** `mpcert show`: certificates explained, from a server or from a file, and the paths that each store builds from them. */
import { stat } from 'node:fs/promises'
import { isSignedBy, type SignatureCache } from '../chain/signatures.ts'
import { judgedHellos } from '../check.ts'
import { toAddress } from '../connect/dns.ts'
import { createFetcher } from '../connect/fetch.ts'
import { parseTarget } from '../connect/target.ts'
import { MpcertError } from '../errors.ts'
import { fetchIssuers } from '../facts/fetch-issuers.ts'
import { readIssuers } from '../facts/issuer-search.ts'
import { SctBook } from '../facts/scts.ts'
import { chainEntries, readChain } from '../facts/sent-chain.ts'
import { type StorePaths, storePaths } from '../facts/store-paths.ts'
import { whyUnreachable } from '../judge/unreachable.ts'
import type { Attempt, Observation } from '../observation.ts'
import { type ObserveOptions, observe } from '../observe/observe.ts'
import { explainCertificate } from '../reports/text/certificate.ts'
import { drawPaths } from '../reports/text/paths.ts'
import { paint } from '../reports/text/words.ts'
import type { ServerFlight } from '../wire/outcome.ts'
import { NOTHING_SHOWN } from '../wire/session.ts'
import type { World } from '../world.ts'
import type { Certificate } from '../x509/certificate.ts'
import { encodePem } from '../x509/pem.ts'
import type { Invocation } from './invocation.ts'
import { proxiesFor } from './proxy.ts'
import { connectOptionsFrom, readCertificateFile, worldFrom } from './setup.ts'
import { standardPort } from './targets.ts'

export async function run(invocation: Invocation): Promise<number> {
  const { flags, print } = invocation
  const [name = ''] = invocation.arguments
  const world = await worldFrom(invocation)
  const options = connectOptionsFrom(invocation)
  const seen = (await isFile(name))
    ? asServed(name, await readCertificateFile(name), world.at)
    : await askServer(invocation, name, { ...options, hellos: judgedHellos(world, {}).slice(0, 1) })
  const flight = flightWithChain(seen, name)
  if (flags.has('pem')) {
    await print(flight.chain.map(der => encodePem(der)).join(''))
    return 0
  }
  const { observation } = await fetchIssuers(seen, world, options.fetcher ?? createFetcher())
  const { found } = readIssuers(observation.issuers)
  await print(`${explain(flight, found, world, invocation).join('\n')}\n`)
  return 0
}

/** What cannot be a target is a file, if only one that is not there. */
async function isFile(name: string): Promise<boolean> {
  if (/[\\/]/.test(name) && !name.includes('://')) return true
  return stat(name).then(
    found => found.isFile(),
    () => false,
  )
}

async function askServer(
  invocation: Invocation,
  name: string,
  options: ObserveOptions,
): Promise<Observation> {
  const target = parseTarget(name, await standardPort(invocation.flags))
  const [proxy] = proxiesFor([target], invocation)
  return observe(target, { ...options, proxy })
}

/** What a server shows that sends this file. */
function asServed(name: string, chain: readonly Uint8Array[], at: number): Observation {
  const shown: Attempt = { kind: 'server-hello', server: { ...NOTHING_SHOWN, chain }, bytes: 0 }
  return {
    target: { input: name, host: name, port: 443, servername: null, verifyName: name },
    observedAt: at,
    resolution: { state: 'resolved' },
    nodes: [
      {
        address: toAddress('127.0.0.1'),
        reach: { state: 'connected' },
        rttMs: null,
        attempts: { file: shown },
      },
    ],
    issuers: [],
    revocation: [],
  }
}

type Shown = ServerFlight & { readonly chain: readonly Uint8Array[] }

/** The first chain that was shown, exactly as sent. */
function flightWithChain(observation: Observation, name: string): Shown {
  const attempts = observation.nodes.flatMap(node => Object.values(node.attempts))
  for (const attempt of attempts) {
    const server = attempt.kind === 'failed' ? null : attempt.server
    if (server?.chain && server.chain.length > 0) return { ...server, chain: server.chain }
  }
  const answered = attempts.some(({ kind }) => kind !== 'failed' && kind !== 'timeout')
  const { code, phase, text } = whyUnreachable(observation)
  throw answered
    ? new MpcertError('ERR_CONNECT', {
        en: `${name} shows no certificate: run mpcert check`,
        'zh-CN': `${name} 没有出示证书：请运行 mpcert check`,
      })
    : new MpcertError(code, text, phase ? { phase } : {})
}

function explain(
  flight: Shown,
  found: readonly Certificate[],
  world: World,
  { locale, style }: Invocation,
): string[] {
  const options = { locale, style, expand: false }
  const chain = readChain('chain-1', flight.chain)
  const sent = chainEntries(chain).map(({ certificate }) => certificate)
  const leaf = chain.entries[0]?.certificate ?? null
  const paths = leaf ? storePaths(leaf, [...sent, ...found], world) : []
  const issuers = [...sent, ...found, ...anchorsOf(paths)]
  const book = new SctBook(world)
  const signatures: SignatureCache = new Map()
  const issuer = (certificate: Certificate) => issuerOf(certificate, issuers, signatures)
  const blocks = chain.entries.flatMap((entry, index) => {
    const { certificate } = entry
    const delivered = index === 0 ? flight : NOTHING_SHOWN
    const scts = certificate ? book.of(certificate, issuer(certificate), delivered) : []
    return [...explainCertificate({ entry, place: index + 1, scts, at: world.at }, options), '']
  })
  if (!leaf) return blocks.slice(0, -1)
  const sources = {
    leaf,
    sent: new Set(sent.map(({ sha256 }) => sha256)),
    stores: world.stores,
  }
  return [...blocks, paint('bold', PATHS[locale], style), ...drawPaths(paths, sources, options)]
}

function anchorsOf(paths: readonly StorePaths[]): readonly Certificate[] {
  return paths.flatMap(({ reached }) => reached.flatMap(path => path.at(-1) ?? []))
}

function issuerOf(
  certificate: Certificate,
  candidates: readonly Certificate[],
  signatures: SignatureCache,
): Certificate | null {
  const issued = (issuer: Certificate) =>
    issuer.subject.key === certificate.issuer.key &&
    isSignedBy(certificate, issuer, signatures) === 'good'
  return candidates.find(issued) ?? null
}

const PATHS = {
  en: 'Paths in the newest version of each store',
  'zh-CN': '各根证书库最新版本中的证书路径',
} as const
