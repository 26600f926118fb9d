/** What a server that shows this chain does with every hello: attempts as a probe would record them. */
import { hellos } from '../../src/hellos/index.ts'
import type { Attempt } from '../../src/observation.ts'
import { platforms } from '../../src/platforms/index.ts'
import {
  ALERTS,
  GROUPS,
  type GroupName,
  SCHEMES,
  type SchemeName,
  SUITES,
  type SuiteName,
  VERSIONS,
  type VersionName,
} from '../../src/wire/names.ts'
import type { ServerFlight } from '../../src/wire/outcome.ts'
import { NOTHING_SHOWN } from '../../src/wire/session.ts'

/** Where the server departs from the usual: TLS 1.3 or 1.2 as the client has it, AES-128-GCM, P-256, for all. */
export interface HandshakeChange {
  readonly version?: VersionName
  readonly cipher?: SuiteName
  readonly group?: GroupName
  readonly scheme?: SchemeName
  /** Ids of the hellos that are accepted; all others are refused. */
  readonly acceptedBy?: readonly string[]
}

/** By hello id: those of all stacks judged by default, those named, and TLS 1.0 and 1.1, which are refused. */
export function recordAttempts(
  chain: readonly Uint8Array[],
  change: HandshakeChange,
): Readonly<Record<string, Attempt>> {
  const judged = Object.values(platforms)
    .filter(({ tier }) => tier !== 'reference')
    .flatMap(({ stacks }) => stacks.map(({ hello }) => hello))
  const known = new Map([...Object.values(hellos), ...judged].map(hello => [hello.id, hello]))
  const accepted = change.acceptedBy ?? judged.map(({ id }) => id)
  const asked = new Set([...judged.map(({ id }) => id), ...accepted])
  const attempts = [...asked].map((id): [string, Attempt] => {
    const hello = known.get(id)
    if (!hello) throw new Error(`no hello ${id}`)
    if (!accepted.includes(id)) return [id, refuse(ALERTS.handshake_failure)]
    return [id, accept(chain, change, hello.spec.versions)]
  })
  const refused = ['tls-1.0', 'tls-1.1'].map(id => [id, refuse(ALERTS.protocol_version)])
  return Object.fromEntries([...attempts, ...refused]) as Record<string, Attempt>
}

function accept(
  chain: readonly Uint8Array[],
  { version, cipher, group, scheme }: HandshakeChange,
  offered: readonly number[],
): Attempt {
  const newest = offered.includes(VERSIONS['TLS 1.3']) ? 'TLS 1.3' : 'TLS 1.2'
  const chosen = VERSIONS[version ?? newest]
  const suite = chosen === VERSIONS['TLS 1.3'] ? USUAL_13 : USUAL_12
  const server: ServerFlight = {
    ...NOTHING_SHOWN,
    version: chosen,
    cipher: SUITES[cipher ?? suite][0],
    compression: 0,
    group: GROUPS[group ?? 'secp256r1'],
    signatureScheme: SCHEMES[scheme ?? 'ecdsa_secp256r1_sha256'],
    chain,
    extendedMasterSecret: true,
    secureRenegotiation: true,
    clientAuth: 'not-asked',
  }
  return { kind: 'server-hello', server, bytes: 0 }
}

function refuse(description: number): Attempt {
  return {
    kind: 'alert',
    level: 2,
    description,
    after: 'client-hello',
    server: NOTHING_SHOWN,
    bytes: 0,
  }
}

const USUAL_13: SuiteName = 'TLS_AES_128_GCM_SHA256'
const USUAL_12: SuiteName = 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'
