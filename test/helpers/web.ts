/** HTTPS servers on loopback whose certificate every platform trusts, and what a check says of them. */
import type { IncomingMessage, RequestListener } from 'node:http'
import https from 'node:https'
import type { Duplex } from 'node:stream'
import type { TlsOptions } from 'node:tls'
import { type Checked, type CheckOptions, checkTarget } from '../../src/check.ts'
import { offline } from '../../src/connect/fetch.ts'
import { parseTarget } from '../../src/connect/target.ts'
import type { Api } from '../../src/platform.ts'
import { withAnchors } from '../../src/stores/derive.ts'
import { createWorld, type World } from '../../src/world.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { makeCa, makeLeaf, NOW, testKey } from './certs.ts'
import { listening } from './tls-server.ts'

export const HOST = 'web.example'
/** A name that redirects may lead to. */
export const OTHER = 'other.example'

const root = makeCa('Web Root')
const leaf = makeLeaf([HOST, OTHER], { issuer: root })

const IDENTITY = {
  cert: encodePem(leaf.der),
  key: testKey('ec-p256', 0).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
}
export const ROOT_PEM = encodePem(root.der)

export type OnUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/** Gives its port. */
export function startHttps(
  answer: RequestListener,
  onUpgrade?: OnUpgrade,
  options: TlsOptions = {},
): Promise<number> {
  const server = https.createServer(
    { ...IDENTITY, ALPNProtocols: ['http/1.1'], ...options },
    answer,
  )
  server.on('tlsClientError', () => {})
  server.on('clientError', (_, socket) => socket.destroy())
  if (onUpgrade) server.on('upgrade', onUpgrade)
  return listening(server)
}

let world: World | undefined

export interface WebCheckOptions extends Omit<CheckOptions, 'resolveTo'> {
  /** Ports of loopback where other names are found. */
  readonly elsewhere?: readonly number[]
}

/** A few platforms with every kind of stack are enough. */
export async function checkWeb(
  scheme: 'https' | 'wss',
  port: number,
  path: string,
  { elsewhere = [], ...options }: WebCheckOptions = {},
): Promise<Checked> {
  const known = createWorld(NOW)
  world ??= { ...known, stores: withAnchors(known.stores, [root.der]) }
  const names = [port, ...elsewhere].flatMap(one => [`${HOST}:${one}`, `${OTHER}:${one}`])
  return checkTarget(parseTarget(`${scheme}://${HOST}:${port}${path}`), world, {
    resolveTo: new Map(names.map(name => [name, ['127.0.0.1']])),
    platforms: ['ios-17', 'android-14', 'devtools'],
    fetcher: offline,
    ...options,
  })
}

/** Such as `error referer-blocked`; what certificates bring is left out. */
export function saidOf({ result }: Checked): readonly string[] {
  return [...new Set(result.findings.map(({ severity, rule }) => `${severity} ${rule}`))].filter(
    line => !/ (?:ct|cert|tls|chain|revocation)-/.test(line),
  )
}

/** Verdicts by API, over all platforms of the check. */
export function verdictsOf({ result }: Checked): Readonly<Record<Api, readonly string[]>> {
  const cells = result.platforms.flatMap(platform => platform.cells)
  const of = (api: Api) => cells.filter(cell => cell.api === api).map(({ verdict }) => verdict)
  return {
    request: of('request'),
    download: of('download'),
    upload: of('upload'),
    socket: of('socket'),
  }
}
