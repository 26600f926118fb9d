/** Everything one address accepts: the first connection alone, then all questions at once, each at the pacer's pace. */
import { sha256Hex, toHex } from '../bytes.ts'
import { leafKey } from '../observe/node-probe.ts'
import type { Choice } from '../wire/glance.ts'
import { EXTENSIONS, SUITES, VERSIONS } from '../wire/names.ts'
import type { Ticket } from '../wire/session.ts'
import { curveGroup } from '../wire/signature.ts'
import { suiteOf } from '../wire/suite.ts'
import { type Asker, courseOf } from './asker.ts'
import { dhPrimeName } from './dh-primes.ts'
import type { Discovery } from './discover.ts'
import { ALL_SCHEMES, CURVES, curveSuites, GROUPS_1_3, type Offer, suitesFor } from './offers.ts'
import { preferenceOf, serverOrder } from './preference.ts'
import {
  askCurves,
  askFields,
  askGroups13,
  askSchemes12,
  askSchemes13,
  askSuites,
  type Interview,
  refusalOf,
} from './questions.ts'
import {
  type DhPrime,
  SCAN_PROTOCOLS,
  type ScanExtras,
  type ScanFacts,
  type Scanned,
  type ScannedProtocol,
  type ScannedSuite,
  type ScanProtocol,
} from './scan-facts.ts'

const TLS_1_2 = VERSIONS['TLS 1.2']
const TLS_1_3 = VERSIONS['TLS 1.3']

const CODES: Readonly<Record<Exclude<ScanProtocol, 'SSLv2'>, number>> = {
  SSLv3: VERSIONS['SSL 3.0'],
  TLSv1: VERSIONS['TLS 1.0'],
  'TLSv1.1': VERSIONS['TLS 1.1'],
  'TLSv1.2': TLS_1_2,
  'TLSv1.3': TLS_1_3,
}

const NAMES = new Map(
  (Object.keys(CODES) as (keyof typeof CODES)[]).map(name => [CODES[name], name] as const),
)

export type ServerFacts = Omit<ScanFacts, 'cost'>

/** The first answer, whatever it is, and the offer it was an answer to; null where nobody answered. */
export interface Contact {
  readonly offer: Offer
  readonly answer: Awaited<ReturnType<Asker['glance']>>
}

/** Modern and short, then old: until one of these is answered, the server is not asked for more. */
export async function makeContact(asker: Asker): Promise<Contact> {
  const { likely, common } = suitesFor(TLS_1_2)
  const offers: readonly Offer[] = [
    { version: TLS_1_2, suites: [...likely, ...common] },
    { version: TLS_1_3, suites: suitesFor(TLS_1_3).likely },
    { version: VERSIONS['TLS 1.0'], suites: suitesFor(VERSIONS['TLS 1.0']).common.slice(0, 16) },
  ]
  let last: Contact | null = null
  for (const offer of offers) {
    last = { offer, answer: await asker.glance(offer) }
    if (courseOf(last.answer) === 'answered') break
  }
  if (!last) throw new Error('no offers')
  return last
}

export async function scanServer(
  asker: Asker,
  { offer: known, answer: first }: Contact,
  onCrowded: () => void,
): Promise<ServerFacts> {
  const choices: Choice[] = first.kind === 'chosen' ? [first] : []
  const interview: Interview = {
    asker,
    onChoice: choice => choices.push(choice),
    stillAnswers: async () => courseOf(await asker.glance(known, true)) === 'answered',
    onCrowded,
  }
  const modern = first.kind === 'chosen' && first.version === TLS_1_2
  // What most others wait for comes first.
  const tls13 = askProtocol(interview, TLS_1_3, false)
  const tls12 = askProtocol(interview, TLS_1_2, modern)
  const older = (['TLSv1.1', 'TLSv1', 'SSLv3'] as const).map(name =>
    askProtocol(interview, CODES[name], false),
  )
  const ssl2 = askSsl2(interview)
  const speaks13 = tls13.found.then(({ taken }) => taken.size > 0)
  const legacy = modern
    ? Promise.resolve(TLS_1_2)
    : Promise.all([tls12, ...older].map(({ found }) => found)).then(found => newestOf(found))
  const [groups13, schemes13, schemes12, curves, extras] = await Promise.all([
    speaks13.then(speaks => (speaks ? askGroups13(interview) : null)),
    speaks13.then(speaks => (speaks ? askSchemes13(interview) : null)),
    legacy.then(version => (version === TLS_1_2 ? askSchemes12(interview) : [])),
    legacy.then(version => (version === null ? [] : askGroups12(interview, version, first))),
    Promise.all([speaks13, legacy]).then(([speaks, version]) =>
      askExtras(interview, version, speaks, choices),
    ),
  ])
  const protocols = await Promise.all([
    ssl2,
    ...[...older.toReversed(), tls12, tls13].map(({ facts }) => facts),
  ])
  return {
    protocols,
    groups: merge([...new Set([...GROUPS_1_3, ...CURVES])], [groups13, ...curves]),
    signatureSchemes: merge(ALL_SCHEMES, [schemes13, ...schemes12]),
    dhPrimes: primesOf(choices),
    extras,
  }
}

/** Where nothing was asked. */
export function nothingFound(offered: false | null): ServerFacts {
  return {
    protocols: SCAN_PROTOCOLS.map(version => ({
      version,
      offered,
      suites: [],
      unknownSuites: 0,
      preference: null,
    })),
    groups: [],
    signatureSchemes: [],
    dhPrimes: [],
    extras: {
      fallbackScsv: null,
      extendedMasterSecret: null,
      secureRenegotiation: null,
      compression: null,
      tickets: [],
      maxEarlyData: null,
    },
  }
}

interface AskedProtocol {
  readonly found: Promise<Discovery<Choice>>
  /** With the order of preference, which is asked for last. */
  readonly facts: Promise<ScannedProtocol>
}

function askProtocol(interview: Interview, version: number, spoken: boolean): AskedProtocol {
  const found = askSuites(interview, version, spoken)
  return { found, facts: found.then(discovery => describe(interview.asker, version, discovery)) }
}

async function describe(
  asker: Asker,
  version: number,
  { taken, open }: Discovery<Choice>,
): Promise<ScannedProtocol> {
  const strongest = [...taken.keys()].toSorted((a, b) => strengthOf(b) - strengthOf(a))
  const preference = await preferenceOf(asker, version, strongest)
  const order =
    preference === 'server'
      ? ((await serverOrder(asker, version, strongest)) ?? strongest)
      : strongest
  return {
    version: NAMES.get(version) ?? 'TLSv1.2',
    offered: taken.size > 0 ? true : open.length > 0 ? null : false,
    suites: order.flatMap(code => {
      const choice = taken.get(code)
      return choice ? [toSuite(code, choice)] : []
    }),
    unknownSuites: open.length,
    preference,
  }
}

function toSuite(code: number, { group, dhPrime }: Choice): ScannedSuite {
  return { code, group, dhBits: dhPrime && bitLength(dhPrime) }
}

/** Forward secrecy, then authenticated encryption, then the length of the key. */
function strengthOf(code: number): number {
  const suite = suiteOf(code)
  if (!suite) return 0
  const forward = /^(?:ECDHE|DHE|any)/.test(suite.keyExchange) && suite.authentication !== 'anon'
  return (forward ? 2000 : 0) + (suite.mac === 'AEAD' ? 1000 : 0) + suite.bits
}

async function askSsl2({ asker, stillAnswers }: Interview): Promise<ScannedProtocol> {
  const about = { version: 'SSLv2', unknownSuites: 0, preference: null } as const
  let answer = await asker.ssl2()
  for (let tries = 1; tries <= 2 && courseOf(answer) !== 'answered'; tries++)
    answer = await asker.ssl2(true)
  if (answer.kind !== 'ssl2') {
    const { kind } = refusalOf(answer)
    // Hanging up is how servers answer that know nothing of SSL 2.0.
    const refused = kind === 'cut' ? await stillAnswers() : kind !== 'unanswered'
    return { ...about, offered: refused ? false : null, suites: [] }
  }
  const suites = answer.ciphers.map(code => ({ code, group: null, dhBits: null }))
  return { ...about, offered: true, suites, preference: suites.length > 1 ? 'client' : null }
}

function newestOf(found: readonly Discovery<Choice>[]): number | null {
  for (const { taken } of found) for (const { version } of taken.values()) return version
  return null
}

/** Curves and primes of TLS 1.2 and older. */
async function askGroups12(
  interview: Interview,
  version: number,
  first: Contact['answer'],
): Promise<readonly Discovery<Choice>[]> {
  const { asker } = interview
  const key = first.kind === 'chosen' && first.leaf ? leafKey(first.leaf) : null
  const leafCurve = key?.asymmetricKeyType === 'ec' ? curveGroup(key) : null
  const rsa = leafCurve !== null && (await asker.glance({ version, suites: curveSuites('RSA') }))
  const curve = rsa && rsa.kind === 'chosen' ? null : leafCurve
  const fields = suitesFor(version).common.filter(code => suiteOf(code)?.keyExchange === 'DHE')
  const [curves, primes] = await Promise.all([
    askCurves(interview, version, curve),
    askFields(interview, version, fields),
  ])
  return [curves, primes]
}

/** Taken in one version is taken; refused counts where nobody was left without an answer. */
function merge(
  items: readonly number[],
  found: readonly (Discovery<unknown> | null)[],
): readonly Scanned[] {
  const asked = found.filter(discovery => discovery !== null)
  return items.map(code => {
    const taken = asked.some(one => one.taken.has(code))
    const open = asked.some(one => one.open.includes(code))
    return { code, offered: taken ? true : open || asked.length === 0 ? null : false }
  })
}

function primesOf(choices: readonly Choice[]): readonly DhPrime[] {
  const primes = new Map(
    choices.flatMap(({ dhPrime }) => (dhPrime ? [[toHex(dhPrime), dhPrime] as const] : [])),
  )
  return [...primes.values()]
    .map(prime => ({ bits: bitLength(prime), name: dhPrimeName(prime), sha256: sha256Hex(prime) }))
    .sort((a, b) => a.bits - b.bits || (a.sha256 < b.sha256 ? -1 : 1))
}

function bitLength(prime: Uint8Array): number {
  return Math.max(0, prime.length * 8 + 24 - Math.clz32(prime[0] ?? 0))
}

async function askExtras(
  { asker }: Interview,
  version: number | null,
  speaks13: boolean,
  choices: readonly Choice[],
): Promise<ScanExtras> {
  const tickets: ScanExtras['tickets'][number][] = []
  let maxEarlyData: number | null = null
  const askTicket = async (asked: number) => {
    const tell: { ticket: Ticket | null } = { ticket: null }
    const { likely, common } = suitesFor(asked)
    const onTicket = (ticket: Ticket) => {
      tell.ticket ??= ticket
    }
    const answer = await asker.handshake(
      { version: asked, suites: [...likely, ...common] },
      onTicket,
    )
    const name = NAMES.get(asked)
    if (answer.kind !== 'completed' || !name) return
    tickets.push({ version: name, lifetimeS: tell.ticket?.lifetimeS ?? 'none' })
    if (asked === TLS_1_3) maxEarlyData = tell.ticket?.maxEarlyData ?? 0
  }
  const [fallbackScsv, compression] = await Promise.all([
    askFallback(asker, version, speaks13),
    version === null ? null : askCompression(asker, version),
    version === null || version === CODES.SSLv3 ? null : askTicket(version),
    speaks13 ? askTicket(TLS_1_3) : null,
  ])
  const said = choices.find(choice => choice.version === version && version > CODES.SSLv3)
  return {
    fallbackScsv,
    compression,
    extendedMasterSecret: said?.extensions.has(EXTENSIONS.extended_master_secret) ?? null,
    secureRenegotiation: said?.extensions.has(EXTENSIONS.renegotiation_info) ?? null,
    tickets: tickets.sort((a, b) => (a.version < b.version ? -1 : 1)),
    maxEarlyData,
  }
}

/** One version below the newest the server speaks: it must refuse that as a fallback nobody needed (RFC 7507 §3). */
async function askFallback(
  asker: Asker,
  version: number | null,
  speaks13: boolean,
): Promise<boolean | null> {
  const asked = speaks13 ? TLS_1_2 : (version ?? 0) - 1
  if (asked < CODES.TLSv1) return null
  const { likely, common } = suitesFor(asked)
  const suites = [...likely, ...common, SUITES.TLS_FALLBACK_SCSV[0]]
  const answer = await asker.glance({ version: asked, suites })
  if (answer.kind === 'alert' && answer.description === INAPPROPRIATE_FALLBACK) return true
  return answer.kind === 'chosen' ? false : null
}

const INAPPROPRIATE_FALLBACK = 86

async function askCompression(asker: Asker, version: number): Promise<boolean | null> {
  const { likely, common } = suitesFor(version)
  const suites = [...likely, ...common]
  const answer = await asker.glance({ version, suites, compressionMethods: [DEFLATE, 0] })
  return answer.kind === 'chosen' ? answer.compression !== 0 : null
}

/** RFC 3749 §2. */
const DEFLATE = 1
