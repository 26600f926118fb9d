/** The demo's certification authorities, made anew at each start, and a world in which real roots' places are theirs. */
import { sha256Hex } from '../../bytes.ts'
import type { CtLog } from '../../stores/ct-logs.ts'
import { withReplicas } from '../../stores/derive.ts'
import { DAY_MS } from '../../text.ts'
import { createWorld, type World } from '../../world.ts'
import { type CaSpec, type Issued, issueCa, issueLeaf, type LeafSpec } from '../../x509/issue.ts'
import { generateKey, type KeyKind, type SigningKey } from '../../x509/signing-key.ts'

/** Whose places our roots take, by SHA-256. Each has been where it is said to be since the version named. */
const REPLACED = {
  /** DigiCert Global Root G2: iOS 7.1, Android 5.0, Windows. No platform that is judged lacks it. */
  everywhere: 'cb3ccbb76031e5e0138f8dd39a23f9de47ffc35e43c1144cea27d46a5ab1cb5f',
  /** ISRG Root X1: iOS 10.1, Android 7.1.1, Windows. */
  newerAndroid: '96bcec06264976f37460779acf28c5a7cfe8a3c0aae11a8ffcee05c0bddf08c6',
  /** Sectigo Public Server Authentication Root R46: iOS 17.4, Android 15, Windows. */
  newest: '7bb647a62aeeac88bf257aa522d01ffea395e0ab45c73f93f65654ec38f25a06',
} as const

type RootPlace = keyof typeof REPLACED

/** Changes to the usual certificate for a host. */
export interface LeafChange extends Partial<Omit<LeafSpec, 'scts'>> {
  /** How many transparency logs vouch for it. */
  readonly logs?: number
}

export class Pki {
  /** The moment that is judged; every date is counted from it. */
  readonly at: number
  /** Where `ca` can be fetched, and where nothing can. */
  readonly issuerUrl: string
  readonly deadUrl: string
  readonly world: World
  /** The intermediate that has issued the usual certificate. */
  readonly ca: Issued
  private readonly roots: Readonly<Record<RootPlace, Issued>>
  private readonly logs: readonly SigningKey[]
  private readonly keys = new Map<KeyKind, SigningKey>()

  constructor(at: number, repositoryUrl: string) {
    this.at = at
    this.issuerUrl = `${repositoryUrl}/issuer.der`
    this.deadUrl = `${repositoryUrl}/gone.der`
    this.roots = {
      everywhere: makeAuthority(at, 'Demo Root'),
      newerAndroid: makeAuthority(at, 'Demo Root of 2016'),
      newest: makeAuthority(at, 'Demo Root of 2023'),
    }
    this.ca = this.authority('Demo CA')
    this.logs = Array.from({ length: LOGS }, () => generateKey('ec-p256'))
    this.world = this.createWorld()
  }

  root(place: RootPlace): Issued {
    return this.roots[place]
  }

  /** One key of a kind serves all leaves. */
  key(kind: KeyKind): SigningKey {
    const key = this.keys.get(kind) ?? generateKey(kind)
    this.keys.set(kind, key)
    return key
  }

  /** A CA under the root that is everywhere, unless said otherwise. */
  authority(subject: string, change: Partial<CaSpec> = {}): Issued {
    return makeAuthority(this.at, subject, { issuer: this.roots.everywhere, ...change })
  }

  /**
   * The usual certificate pleases every platform: EC P-256, SHA-256, for 40 days, 10 of them gone, with the two
   * timestamps that so short a life needs.
   */
  leaf(host: string, { logs = 2, ...change }: LeafChange = {}): Issued {
    const { notBefore = this.at - 10 * DAY_MS } = change
    const scts = this.logs.slice(0, logs).map(log => ({ log, timestampMs: notBefore }))
    return issueLeaf({
      names: [host],
      key: this.key('ec-p256'),
      issuer: this.ca,
      notBefore,
      notAfter: this.at + 30 * DAY_MS,
      scts: scts.length > 0 ? scts : undefined,
      ...change,
    })
  }

  private createWorld(): World {
    const world = createWorld(this.at)
    const places = Object.keys(REPLACED) as RootPlace[]
    const replicas = places.map(place => ({
      certificate: this.roots[place].der,
      standsFor: REPLACED[place],
    }))
    const ctLogs = this.logs.map((log, index) => describeLog(log, `Demo log ${index + 1}`))
    return { ...world, stores: withReplicas(world.stores, replicas), ctLogs }
  }
}

/** A root where no issuer is named. */
function makeAuthority(at: number, subject: string, change: Partial<CaSpec> = {}): Issued {
  return issueCa({
    subject,
    key: generateKey('ec-p256'),
    notBefore: at - 1000 * DAY_MS,
    notAfter: at + 3650 * DAY_MS,
    ...change,
  })
}

/** As many as the oldest policy of Apple's wants for the longest life. */
const LOGS = 5

/** Each log has an operator of its own. */
function describeLog({ spki }: SigningKey, name: string): CtLog {
  return {
    id: sha256Hex(spki),
    key: spki,
    operator: name,
    name,
    kind: 'rfc6962',
    state: 'usable',
    stateSince: 0,
    interval: null,
  }
}
