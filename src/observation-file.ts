/** An observation as a file: JSON with a version, every byte string once. */
import { fromBase64, toBase64 } from './bytes.ts'
import { DecodeError, UsageError } from './errors.ts'
import { faultInChinese } from './fault-words.ts'
import { webShapes } from './observation/web-shape.ts'
import type { FetchedStatus, Material, Observation } from './observation.ts'
import {
  bytes,
  dictionary,
  flag,
  list,
  nullable,
  number,
  object,
  oneOf,
  parseJson,
  type Shape,
  text,
  union,
} from './shape.ts'

const FORMAT = 'mpcert-observation'
const FORMAT_VERSION = 1
const MAX_LENGTH = 256 << 20

/**
 * As JSON that can be saved, read again with `decodeObservation`, and judged at any time.
 *
 * @example
 * ```js
 * import { writeFileSync } from 'node:fs'
 * import { createWorld, encodeObservation, observe, parseTarget } from 'mpcert'
 *
 * const [platform] = createWorld(Date.now()).platforms
 * const hellos = platform.stacks.map(({ hello }) => hello)
 * const observation = await observe(parseTarget('127.0.0.1:8443'), { hellos })
 * writeFileSync('seen.json', encodeObservation(observation))
 * ```
 */
export function encodeObservation(observation: Observation): string {
  const blobs = new Map<string, number>()
  const recorded = JSON.parse(
    JSON.stringify(observation, (_, value: unknown) => {
      if (!(value instanceof Uint8Array)) return value
      const base64 = toBase64(value)
      if (!blobs.has(base64)) blobs.set(base64, blobs.size)
      return { bytes: blobs.get(base64) }
    }),
  )
  const file = {
    format: FORMAT,
    version: FORMAT_VERSION,
    observation: recorded,
    bytes: [...blobs.keys()],
  }
  return `${JSON.stringify(file, null, 1)}\n`
}

/**
 * Reads what `encodeObservation` wrote; `file` is what errors call it.
 * @throws UsageError that names the file and what is wrong with it
 *
 * @example
 * ```js
 * import { readFileSync } from 'node:fs'
 * import { decodeObservation } from 'mpcert'
 *
 * const observation = decodeObservation(readFileSync('observation.json', 'utf8'), 'observation.json')
 * console.log(observation.target.host) // api.example.com
 * ```
 */
export function decodeObservation(json: string, file: string): Observation {
  try {
    if (json.length > MAX_LENGTH)
      throw new DecodeError(`more than ${MAX_LENGTH} characters`, 'file', 0)
    const outer = envelope(parseJson(json, 'file'), 'file')
    const blobs = outer.bytes.map(fromBase64)
    return observationShape(revive(outer.observation, blobs), 'observation')
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    const { path, reason } = error
    throw new UsageError({
      en: `${file} is no saved observation: ${path}: ${reason}`,
      'zh-CN': `${file} 不是保存的观测记录：${faultInChinese(reason, path)}`,
    })
  }
}

const anything: Shape<unknown> = value => value

const envelope = object({
  format: oneOf(FORMAT),
  version: oneOf(FORMAT_VERSION),
  observation: anything,
  bytes: list(text),
})

function revive(value: unknown, blobs: readonly Uint8Array[]): unknown {
  if (Array.isArray(value)) return value.map(item => revive(item, blobs))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const [only] = entries
  if (entries.length === 1 && only?.[0] === 'bytes' && typeof only[1] === 'number')
    return blobs[only[1]] ?? null
  return Object.fromEntries(entries.map(([key, item]) => [key, revive(item, blobs)]))
}

const words = object({ en: text, 'zh-CN': text })

const error = object({
  code: oneOf(
    'ERR_USAGE',
    'ERR_DNS',
    'ERR_CONNECT',
    'ERR_TIMEOUT',
    'ERR_PROXY',
    'ERR_STARTTLS',
    'ERR_DECODE',
    'ERR_FETCH',
    'ERR_LIMIT',
    'ERR_FILE',
  ),
  phase: nullable(
    oneOf('usage', 'resolve', 'connect', 'proxy', 'starttls', 'handshake', 'fetch', 'read'),
  ),
  system: nullable(text),
  text: words,
})

const server = object({
  version: nullable(number),
  cipher: nullable(number),
  compression: nullable(number),
  group: nullable(number),
  retryGroup: nullable(number),
  dhBits: nullable(number),
  dhPrime: nullable(bytes),
  signatureScheme: nullable(number),
  chain: nullable(list(bytes)),
  certificateCompression: nullable(number),
  ocspStaple: nullable(bytes),
  sctList: nullable(bytes),
  alpn: nullable(text),
  sessionTicket: flag,
  extendedMasterSecret: flag,
  encryptThenMac: flag,
  secureRenegotiation: flag,
  downgradeSentinel: nullable(oneOf('tls12', 'tls11')),
  clientAuth: nullable(oneOf('not-asked', 'asked', 'required', 'asked-unknown')),
  extensions: list(number),
  warnings: list(number),
})

const stage = oneOf(
  'client-hello',
  'hello-retry',
  'server-hello',
  'certificate',
  'key-exchange',
  'flight',
  'finished',
)
const shown = { server, bytes: number }

const attempt = union('kind', {
  completed: object(shown),
  'server-hello': object(shown),
  alert: object({ ...shown, level: number, description: number, after: stage }),
  closed: object({ ...shown, how: oneOf('fin', 'reset'), after: stage }),
  timeout: object({ ...shown, after: stage }),
  'not-tls': object({
    ...shown,
    looksLike: oneOf('http', 'ssh', 'text', 'binary'),
    firstBytes: bytes,
  }),
  violation: object({
    ...shown,
    violation: oneOf(
      'decode',
      'unexpected-message',
      'parameter-not-offered',
      'illegal-parameter',
      'empty-certificate',
      'bad-signature',
      'key-unsupported',
      'bad-record',
      'bad-finished',
      'over-budget',
    ),
    detail: text,
    after: stage,
  }),
  failed: object({ error }),
})

const result = union('state', {
  fetched: object({ body: bytes }),
  failed: object({
    reason: oneOf(
      'switched-off',
      'bad-url',
      'private-address',
      'unreachable',
      'timeout',
      'status',
      'redirects',
      'too-large',
    ),
    url: text,
    detail: nullable(text),
  }),
})

const statuses = list(
  object({
    certificate: text,
    kind: oneOf('ocsp', 'crl'),
    url: text,
    nonce: nullable(bytes),
    result,
  }),
)

/** What was saved before anybody could be asked lacks the list. */
const revocation: Shape<readonly FetchedStatus[]> = (value, path) =>
  value === undefined ? [] : statuses(value, path)

/** Absent where a server was asked. */
const material: Shape<Material | undefined> = (value, path) =>
  value === undefined ? undefined : files(value, path)

const files = object({
  chain: list(bytes),
  leaf: number,
  publicKey: nullable(bytes),
  live: nullable((value, path) => observationShape(value, path)),
})

const observationShape: Shape<Observation> = object({
  target: object({
    input: text,
    host: text,
    port: number,
    servername: nullable(text),
    verifyName: nullable(text),
  }),
  observedAt: number,
  resolution: union('state', { resolved: object({}), failed: object({ error }) }),
  nodes: list(
    object({
      address: object({ ip: text, family: nullable(oneOf(4, 6)) }),
      reach: union('state', {
        connected: object({}),
        failed: object({ error }),
        'no-route': object({}),
        'not-probed': object({}),
      }),
      rttMs: nullable(number),
      attempts: dictionary(attempt),
    }),
  ),
  issuers: list(object({ url: nullable(text), result })),
  revocation,
  ...webShapes(error),
  quick: value => (value === true ? true : undefined),
  material,
})
