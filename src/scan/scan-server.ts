/** Everything one address accepts: the first connection alone, then all questions at once, each at the pacer's pace. */
import type { KeyObject } from 'node:crypto'
import { sha256Hex, toHex } from '../bytes.ts'
import { leafKey } from '../observe/node-probe.ts'
import type { Choice } from '../wire/glance.ts'
import { GROUPS, VERSIONS } from '../wire/names.ts'
import { suiteOf } from '../wire/suite.ts'
import { type Asker, courseOf } from './asker.ts'
import { dhPrimeName } from './dh-primes.ts'
import { confirm, type Discovery } from './discover.ts'
import { askExtras } from './extras.ts'
import { ALL_SCHEMES, CURVES, curveSuites, GROUPS_1_3, type Offer, suitesFor } from './offers.ts'
import type { Pacer } from './pacer.ts'
import { preferenceOf, serverOrder } from './preference.ts'
import {
  askCurves,
  askCurvesBeside,
  askFields,
  askGroups13,
  askSchemes12,
  askSchemes13,
  askSuites,
  type Interview,
} from './questions.ts'
import {
  type DhPrime,
  protocolOf,
  SCAN_PROTOCOLS,
  type ScanFacts,
  type Scanned,
  type ScannedProtocol,
  type ScannedSuite,
  VERSION_CODES,
} from './scan-facts.ts'

const TLS_1_2 = VERSIONS['TLS 1.2']
const TLS_1_3 = VERSIONS['TLS 1.3']

/** So many times in a row it did not answer what it had answered first. */
const MOST_LOST = 5

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
  pacer: Pacer,
): Promise<ServerFacts> {
  const choices: Choice[] = first.kind === 'chosen' ? [first] : []
  let lost = 0
  const interview: Interview = {
    asker,
    onChoice: choice => choices.push(choice),
    alone: work => pacer.alone(work),
    async stillAnswers() {
      const answers = courseOf(await asker.glance(known, true)) === 'answered'
      lost = answers ? 0 : lost + 1
      if (lost === MOST_LOST) pacer.giveUp()
      return answers
    },
    onCrowded: () => pacer.backOff(),
    hasRoom: () => pacer.hasRoom,
  }
  const modern = first.kind === 'chosen' && first.version === TLS_1_2
  // What most others wait for comes first.
  const tls13 = answered(asker, TLS_1_3, askSuites(interview, TLS_1_3, false))
  const tls12 = answered(asker, TLS_1_2, askSuites(interview, TLS_1_2, modern))
  const older = (['TLSv1.1', 'TLSv1', 'SSLv3'] as const).map(name => {
    const version = VERSION_CODES[name]
    return answered(asker, version, askSuites(interview, version, false))
  })
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
      askExtras(asker, version, speaks, choices),
    ),
  ])
  const protocols = await Promise.all([
    ssl2,
    ...[...older.toReversed(), tls12, tls13].map(({ facts }) => facts),
  ])
  return {
    protocols,
    groups: merge([...new Set([...GROUPS_1_3, ...CURVES])], seen(choices, 'group'), [
      groups13?.taken.size ? groups13 : null,
      ...curves,
    ]),
    signatureSchemes: merge(ALL_SCHEMES, seen(choices, 'scheme'), [schemes13, ...schemes12]),
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

function answered(asker: Asker, version: number, found: Promise<Discovery<Choice>>): AskedProtocol {
  return { found, facts: found.then(discovery => describe(asker, version, discovery)) }
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
    version: protocolOf(version) ?? 'TLSv1.2',
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

async function askSsl2({ asker, alone, stillAnswers }: Interview): Promise<ScannedProtocol> {
  const about = { version: 'SSLv2', unknownSuites: 0, preference: null } as const
  const ask = async (held: boolean) => {
    const answer = await asker.ssl2(held)
    const course = courseOf(answer)
    return course === 'answered' ? answer : { kind: course }
  }
  let verdict: { readonly kind: string } = await ask(false)
  // Hanging up is how servers answer that know nothing of SSL 2.0.
  if (verdict.kind === 'cut' || verdict.kind === 'unanswered')
    await alone(async () => {
      verdict = await confirm({ stillAnswers }, () => ask(true))
    })
  const answer = verdict as Awaited<ReturnType<typeof ask>>
  if (answer.kind !== 'ssl2' || !('ciphers' in answer))
    return { ...about, offered: answer.kind === 'unanswered' ? null : false, suites: [] }
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
  const fields = suitesFor(version).common.filter(code => suiteOf(code)?.keyExchange === 'DHE')
  return Promise.all([
    leafCurveOf(interview.asker, version, first).then(curve =>
      curve === null ? askCurves(interview, version) : askCurvesBeside(interview, version, curve),
    ),
    askFields(interview, version, fields),
  ])
}

/** The curve of the key of a server that has no RSA key to sign with, else null. */
async function leafCurveOf(
  asker: Asker,
  version: number,
  first: Contact['answer'],
): Promise<number | null> {
  const key = first.kind === 'chosen' && first.leaf ? leafKey(first.leaf) : null
  if (key?.asymmetricKeyType !== 'ec') return null
  const suites = curveSuites('RSA')
  const rsa = await asker.insist(held => asker.glance({ version, suites }, held))
  return rsa.kind === 'chosen' ? null : curveGroup(key)
}

function seen(choices: readonly Choice[], what: 'group' | 'scheme'): ReadonlySet<number | null> {
  return new Set(choices.map(choice => choice[what]))
}

/** Taken in one version is taken; refused counts where nobody was left without an answer. */
function merge(
  items: readonly number[],
  seen: ReadonlySet<number | null>,
  found: readonly (Discovery<unknown> | null)[],
): readonly Scanned[] {
  const asked = found.filter(discovery => discovery !== null)
  return items.map(code => {
    const taken = seen.has(code) || asked.some(one => one.taken.has(code))
    const open = asked.some(one => one.open.includes(code))
    const refused = !open && asked.some(one => one.refused.has(code))
    return { code, offered: taken ? true : refused ? false : null }
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

/** The group of an EC key's curve: null for another key, or a curve TLS has no code for. */
function curveGroup(key: KeyObject): number | null {
  const curve = key.asymmetricKeyDetails?.namedCurve
  if (key.asymmetricKeyType !== 'ec' || curve === undefined) return null
  const name = curve === 'prime256v1' ? 'secp256r1' : curve
  return (GROUPS as Readonly<Record<string, number>>)[name] ?? null
}
