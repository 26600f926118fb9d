/** The questions of a scan: which suites, groups and signature schemes a server takes, each asked until it takes no more. */
import type { Choice } from '../wire/glance.ts'
import { ALERTS, schemeName, VERSIONS } from '../wire/names.ts'
import { type Asker, courseOf } from './asker.ts'
import { type Discovery, deal, discover, type Question, type Verdict } from './discover.ts'
import {
  ALL_SCHEMES,
  CURVES,
  curveSuites,
  FIELDS,
  GROUPS_1_3,
  LIKELY_CURVES,
  LIKELY_SCHEMES,
  type Offer,
  SCHEMES_1_3,
  signedSuites,
  suitesFor,
} from './offers.ts'

/** What all questions share. */
export interface Interview {
  readonly asker: Asker
  /** Hears every choice of the server. */
  readonly onChoice: (choice: Choice) => void
  readonly alone: (work: () => Promise<void>) => Promise<void>
  readonly stillAnswers: () => Promise<boolean>
  readonly onCrowded: () => void
  readonly hasRoom: () => boolean
}

const TLS_1_2 = VERSIONS['TLS 1.2']
const TLS_1_3 = VERSIONS['TLS 1.3']
/** Parts into which suites are dealt: more of them take less time where much is taken, and more connections where little is. */
const SUITE_PARTS = 16
/** Older versions have fewer suites. */
const OLDER_PARTS = 6
/** Those that OpenSSL 3 takes as it comes, and the first hybrid. */
const LIKELY_GROUPS = 11

/** `spoken`: the version is known to be spoken, and need not be asked for first. */
export function askSuites(
  interview: Interview,
  version: number,
  spoken: boolean,
): Promise<Discovery<Choice>> {
  const { likely, common, others } = suitesFor(version)
  const question = suiteQuestion(interview, version)
  const singles = likely.map(suite => [suite])
  if (version === TLS_1_3) return discover([...singles, others], question)
  if (spoken) return discover([...singles, ...deal([...common, ...others], SUITE_PARTS)], question)
  const parts = version === TLS_1_2 ? SUITE_PARTS : OLDER_PARTS
  const gate = [...likely, ...common]
  return discover(left => deal([...left, ...others], parts), question, gate)
}

function suiteQuestion(interview: Interview, version: number): Question<Choice> {
  return questionOf(
    interview,
    suites => ({ version, suites }),
    ({ suite }) => suite,
  )
}

/** An empty list of key shares makes the server name the group it would like (RFC 8446 §4.2.8). */
export function askGroups13(interview: Interview): Promise<Discovery<Choice>> {
  const { likely, common, others } = suitesFor(TLS_1_3)
  const suites = [...likely, ...common, ...others]
  const question = questionOf(
    interview,
    groups => ({ version: TLS_1_3, suites, groups, keyShares: [] }),
    ({ group }) => group,
  )
  const singles = GROUPS_1_3.slice(0, LIKELY_GROUPS).map(group => [group])
  return discover([...singles, ...deal(GROUPS_1_3.slice(LIKELY_GROUPS), 2)], question)
}

/** Curves of TLS 1.2 and older, signed for with an RSA key. */
export function askCurves(interview: Interview, version: number): Promise<Discovery<Choice>> {
  const suites = curveSuites('RSA')
  return discover(
    partsOf(CURVES, LIKELY_CURVES),
    questionOf(
      interview,
      groups => ({ version, suites, groups }),
      ({ group }) => group,
    ),
  )
}

/**
 * The same for a key on a curve, which can be shown only where that curve is offered: it stands behind the others. If
 * the server picks it all the same, that refuses the others only where it follows the client's order.
 */
export async function askCurvesBeside(
  interview: Interview,
  version: number,
  leafCurve: number,
): Promise<Discovery<Choice>> {
  const suites = curveSuites('ECDSA')
  const others = CURVES.filter(curve => curve !== leafCurve)
  const question = questionOf(
    interview,
    groups => ({ version, suites, groups: [...groups, leafCurve] }),
    ({ group }) => group,
  )
  const found = await discover(partsOf(others, LIKELY_CURVES), question)
  const { asker } = interview
  const [other] = found.taken.keys()
  const groups = other === undefined ? null : [leafCurve, other]
  const answer =
    groups && (await asker.insist(held => asker.glance({ version, suites, groups }, held)))
  const follows = answer?.kind === 'chosen' && answer.group === leafCurve
  return follows ? found : { ...found, refused: new Set() }
}

/** Prime groups by name (RFC 7919): a server that has but one prime shows it whatever it is asked for. */
export function askFields(
  interview: Interview,
  version: number,
  suites: readonly number[],
): Promise<Discovery<Choice>> {
  const question = questionOf(
    interview,
    groups => ({ version, suites, groups }),
    ({ group }) => group,
  )
  return discover([FIELDS], question)
}

/** By kind of key: a server may settle on a suite first, and find then that it may not sign for it. */
export async function askSchemes12(interview: Interview): Promise<readonly Discovery<Choice>[]> {
  const kinds = new Map<string, number[]>()
  for (const scheme of ALL_SCHEMES) {
    const kind = /^(rsa|dsa)_/.exec(schemeName(scheme))?.[1] ?? 'ecdsa'
    kinds.set(kind, [...(kinds.get(kind) ?? []), scheme])
  }
  return Promise.all(
    [...kinds].map(([kind, schemes]) => {
      const suites = signedSuites(kind === 'dsa' ? 'DSS' : kind === 'rsa' ? 'RSA' : 'ECDSA')
      const question = questionOf(
        interview,
        signatureSchemes => ({ version: TLS_1_2, suites, signatureSchemes }),
        ({ scheme }) => scheme,
      )
      return discover(partsOf(schemes, LIKELY_SCHEMES), question)
    }),
  )
}

/** In TLS 1.3 the signature is encrypted: these handshakes are read to the server's Finished. */
export function askSchemes13({ asker, ...manners }: Interview): Promise<Discovery<null>> {
  const { likely } = suitesFor(TLS_1_3)
  return discover<null>(partsOf(SCHEMES_1_3, LIKELY_SCHEMES), {
    ...manners,
    async offer(signatureSchemes, held) {
      const offer = { version: TLS_1_3, suites: likely, signatureSchemes }
      const answer = await asker.handshake(offer, { held })
      const scheme = 'server' in answer ? answer.server.signatureScheme : null
      if (scheme !== null && signatureSchemes.includes(scheme))
        return { kind: 'picked', item: scheme, detail: null }
      return refusalOf(answer)
    },
  })
}

/** The likely ones singly, all others at once. */
function partsOf(
  items: readonly number[],
  likely: readonly number[],
): readonly (readonly number[])[] {
  const singles = items.filter(item => likely.includes(item)).map(item => [item])
  return [...singles, items.filter(item => !likely.includes(item))]
}

function questionOf(
  { asker, onChoice, ...manners }: Interview,
  offerOf: (items: readonly number[]) => Offer,
  itemOf: (choice: Choice) => number | null,
): Question<Choice> {
  return {
    ...manners,
    async offer(items, held) {
      const offer = offerOf(items)
      const answer = await asker.glance(offer, held)
      if (answer.kind !== 'chosen') return refusalOf(answer)
      onChoice(answer)
      if (answer.version !== offer.version) return { kind: 'off' }
      const item = itemOf(answer)
      if (item === null || !items.includes(item)) return { kind: 'none' }
      return { kind: 'picked', item, detail: answer }
    },
  }
}

/** What an answer without a choice says of the offer. */
function refusalOf(answer: {
  readonly kind: string
  readonly description?: number
}): Exclude<Verdict<never>, { kind: 'picked' }> {
  const course = courseOf(answer)
  if (course !== 'answered') return { kind: course }
  return { kind: answer.description === ALERTS.protocol_version ? 'off' : 'none' }
}
