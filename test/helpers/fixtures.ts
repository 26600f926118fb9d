/** Reads certs-fixtures/: each folder is a case, as an observation and a world to be judged. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fromBase64, sha256Hex } from '../../src/bytes.ts'
import type { Expectation } from '../../src/cli/demo/expectation.ts'
import { toAddress } from '../../src/connect/dns.ts'
import { isIpLiteral } from '../../src/connect/target.ts'
import type { FetchedIssuer, Observation } from '../../src/observation.ts'
import type { CtLog } from '../../src/stores/ct-logs.ts'
import { withReplicas } from '../../src/stores/derive.ts'
import { createWorld, type World } from '../../src/world.ts'
import { decodePem } from '../../src/x509/pem.ts'
import { type HandshakeChange, recordAttempts } from './attempts.ts'

/** What stands in case.json. */
export interface FixtureCase {
  readonly title: string
  readonly shows: string
  readonly made: string
  /** The moment that is judged, ISO 8601. */
  readonly at: string
  readonly host: string
  /** Files in the order sent. */
  readonly chain: readonly string[]
  /** Files that take the place of real roots, by SHA-256. */
  readonly replicas: Readonly<Record<string, string>>
  /** What is found at caIssuers URLs; null where nothing can be had. */
  readonly issuers?: Readonly<Record<string, string | null>>
  readonly handshake?: HandshakeChange
  readonly expected: Expectation
}

export interface Fixture {
  readonly name: string
  readonly description: FixtureCase
  /** Names of the PEM files in the folder. */
  readonly files: readonly string[]
  /** As sent, DER. */
  readonly chain: readonly Uint8Array[]
  readonly observation: Observation
  readonly world: World
}

const folder = fileURLToPath(new URL('../../certs-fixtures/', import.meta.url))

export function loadFixtures(): readonly Fixture[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => loadFixture(name))
}

export function loadFixture(name: string): Fixture {
  const description = readJson<FixtureCase>(`${name}/case.json`)
  const files = readdirSync(folder + name).filter(file => file.endsWith('.pem'))
  const read = (file: string) => readCertificate(`${name}/${file}`)
  const at = Date.parse(description.at)
  const world = createWorld(at)
  const replicas = Object.entries(description.replicas).map(([file, standsFor]) => ({
    certificate: read(file),
    standsFor,
  }))
  return {
    name,
    description,
    files,
    chain: description.chain.map(read),
    observation: observe(description, read, at),
    world: { ...world, stores: withReplicas(world.stores, replicas), ctLogs: readLogs() },
  }
}

function observe(
  { host, chain, issuers = {}, handshake = {} }: FixtureCase,
  read: (file: string) => Uint8Array,
  at: number,
): Observation {
  const servername = isIpLiteral(host) ? null : host
  return {
    target: { input: host, host, port: 443, servername, verifyName: host },
    observedAt: at,
    resolution: { state: 'resolved' },
    nodes: [
      {
        address: toAddress('203.0.113.7'),
        reach: { state: 'connected' },
        rttMs: 1,
        attempts: recordAttempts(chain.map(read), handshake),
      },
    ],
    issuers: Object.entries(issuers).map(([url, file]): FetchedIssuer => {
      if (file !== null) return { url, result: { state: 'fetched', body: read(file) } }
      return { url, result: { state: 'failed', reason: 'status', url, detail: '404' } }
    }),
    revocation: [],
  }
}

interface LogRecord extends Pick<CtLog, 'name' | 'operator'> {
  readonly key: string
  readonly state?: CtLog['state']
  readonly since?: string
  readonly interval?: readonly [from: string, until: string]
}

function readLogs(): readonly CtLog[] {
  const logs = readJson<LogRecord[]>('ct-logs.json')
  return logs.map(({ name, operator, key, state = 'usable', since, interval }) => ({
    id: sha256Hex(fromBase64(key)),
    key: fromBase64(key),
    operator,
    name,
    kind: 'rfc6962',
    state,
    stateSince: since === undefined ? 0 : Date.parse(since),
    interval: interval ? { from: Date.parse(interval[0]), until: Date.parse(interval[1]) } : null,
  }))
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(folder + file, 'utf8')) as T
}

/** The first block, whether its bytes are a certificate or not. */
function readCertificate(file: string): Uint8Array {
  const [block] = decodePem(readFileSync(folder + file, 'utf8'))
  if (!block) throw new Error(`${file} holds no PEM block`)
  return block.der
}
