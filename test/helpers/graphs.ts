/**
 * Random trust graphs on a drawing board, every good path through one, and the certificates that it stands for. What
 * is drawn here is judged without a certificate and without any code of chain/.
 */
import fc from 'fast-check'
import type { Certificate } from '../../src/x509/certificate.ts'
import {
  basicConstraints,
  extendedKeyUsage,
  keyUsage,
  type NewExtension,
  type NewGeneralName,
  nameConstraints,
} from '../../src/x509/extension-builders.ts'
import { encodeName, type Issuer } from '../../src/x509/issue.ts'
import { DAY_MS, makeCa, makeLeaf, NOW, parsed, testKey } from './certs.ts'

export const HOST = 'host.example'
const NAMES = ['A', 'B', 'C', 'D', 'E'] as const
const KEYS = 6

type CaName = (typeof NAMES)[number]

const FLAWS = [
  'expired',
  'not-yet-valid',
  'no-ca',
  'no-basic-constraints',
  'no-cert-sign',
  'wrong-purpose',
  'critical-extension',
  'sha1',
  'corrupted',
] as const

/** A certificate on the drawing board: who, by whom, and what is wrong with it. */
export interface Drawn {
  readonly name: CaName
  readonly key: number
  readonly issuerName: CaName
  readonly issuerKey: number
  readonly flaw: 'none' | (typeof FLAWS)[number]
  readonly purposes: 'unlimited' | 'servers' | 'any'
  readonly pathLength: number | null
  /** Names it excludes below: the host, or a CA by its name. */
  readonly excludes: 'nothing' | 'host' | CaName
  /** Hosts it permits below. */
  readonly permits: 'all' | 'host' | 'others'
  /** Tells certificates apart that are equal in all else. */
  readonly issue: number
}

export interface Graph {
  readonly leaf: DrawnLeaf
  readonly pool: readonly Drawn[]
  readonly anchors: readonly Drawn[]
}

/** It bears the name of a CA, or none. */
export interface DrawnLeaf {
  readonly name: CaName | null
  readonly issuerName: CaName
  readonly issuerKey: number
  readonly flaw: 'none' | 'corrupted'
}

/** What one verifier asks and another does not. */
export interface Dialect {
  readonly anchorExpiry: 'checked' | 'ignored'
  /** An anchor's extended key usage counts. */
  readonly anchorPurpose: 'checked' | 'ignored'
  /** The purpose `any` stands for servers. */
  readonly anyPurpose: 'accepted' | 'refused'
  /** Intermediates on a path, self-issued ones not counted. */
  readonly maxDepth: number
}

/** Half of the time the first value, else one of the others. */
function mostly<T>(usual: T, ...others: T[]): fc.Arbitrary<T> {
  return fc.oneof(fc.constant(usual), fc.constant(usual), fc.constantFrom(usual, ...others))
}

const drawn: fc.Arbitrary<Drawn> = fc
  .record({
    name: fc.constantFrom(...NAMES),
    key: fc.nat(KEYS - 1),
    issuerName: fc.constantFrom(...NAMES),
    issuerKey: fc.nat(KEYS - 1),
    flaw: mostly<Drawn['flaw']>('none', ...FLAWS),
    purposes: mostly<Drawn['purposes']>('unlimited', 'servers', 'any'),
    pathLength: mostly<number | null>(null, 0, 1, 2),
    excludes: mostly<Drawn['excludes']>('nothing', 'host', ...NAMES),
    permits: mostly<Drawn['permits']>('all', 'host', 'others'),
    issue: fc.nat(1),
    kind: fc.constantFrom('issued', 'issued', 'self-signed', 'self-issued'),
    ownKey: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ kind, ownKey, ...certificate }) => {
    // Most names keep to one key, or hardly any path would exist.
    const key = ownKey > 0 ? NAMES.indexOf(certificate.name) : certificate.key
    const issuerKey = ownKey > 0 ? NAMES.indexOf(certificate.issuerName) : certificate.issuerKey
    if (kind === 'issued') return { ...certificate, key, issuerKey }
    const self = { ...certificate, key, issuerName: certificate.name }
    return { ...self, issuerKey: kind === 'self-signed' ? key : issuerKey }
  })

export const graphs: fc.Arbitrary<Graph> = fc
  .record({
    leaf: fc.record({
      name: mostly<CaName | null>(null, ...NAMES),
      issuerName: fc.constantFrom(...NAMES),
      flaw: fc.constantFrom<DrawnLeaf['flaw'][]>(...Array(19).fill('none'), 'corrupted'),
    }),
    pool: fc.array(drawn, { minLength: 1, maxLength: 8 }),
    anchors: fc.array(drawn, { minLength: 1, maxLength: 3 }),
    /** Certificates of the pool that come again: with the key and name of an anchor, or by another issuer. */
    twins: fc.array(fc.tuple(fc.nat(7), drawn), { maxLength: 3 }),
  })
  .map(({ leaf, pool, anchors, twins }) => ({
    leaf: { ...leaf, issuerKey: NAMES.indexOf(leaf.issuerName) },
    pool: [...pool, ...twins.map(([of, twin]) => toTwin([...pool, ...anchors], of, twin))],
    anchors,
  }))

/** The same CA: re-issued or cross-signed, with what else was drawn for it. */
function toTwin(known: readonly Drawn[], of: number, twin: Drawn): Drawn {
  const original = known[of % known.length] ?? twin
  return { ...twin, name: original.name, key: original.key }
}

/** Every sequence that leads from the leaf to an anchor and breaks no rule. */
export function goodPaths({ leaf, pool, anchors }: Graph, dialect: Dialect): Drawn[][] {
  const found: Drawn[][] = []
  const walk = (child: DrawnLeaf | Drawn, path: Drawn[]): void => {
    if (child.flaw === 'corrupted') return
    for (const anchor of anchors.filter(one => isIssuer(one, child)))
      if (isAllowed(anchor, path, leaf, dialect, true)) found.push([...path, anchor])
    for (const issuer of pool.filter(one => isIssuer(one, child)))
      if (!path.includes(issuer) && isAllowed(issuer, path, leaf, dialect, false))
        walk(issuer, [...path, issuer])
  }
  walk(leaf, [])
  return found
}

/** Whether somewhere on the path there was another way to go. */
export function hasFork({ leaf, pool, anchors }: Graph, path: readonly Drawn[]): boolean {
  return [leaf, ...path.slice(0, -1)].some(
    child => [...pool, ...anchors].filter(one => isIssuer(one, child)).length > 1,
  )
}

function isIssuer(issuer: Drawn, child: DrawnLeaf | Drawn): boolean {
  return issuer.name === child.issuerName && issuer.key === child.issuerKey
}

function isAllowed(
  issuer: Drawn,
  below: readonly Drawn[],
  leaf: DrawnLeaf,
  dialect: Dialect,
  anchor: boolean,
): boolean {
  const counted = below.filter(({ name, issuerName }) => name !== issuerName)
  const own = anchor || issuer.name === issuer.issuerName ? 0 : 1
  if (counted.length + own > dialect.maxDepth) return false
  if (issuer.pathLength !== null && issuer.flaw !== 'no-basic-constraints')
    if (issuer.flaw !== 'no-ca' && counted.length > issuer.pathLength) return false
  if (issuer.excludes === 'host' || issuer.permits === 'others') return false
  if ([leaf, ...counted].some(({ name }) => name === issuer.excludes)) return false
  const purposeCounts = !anchor || dialect.anchorPurpose === 'checked'
  if (purposeCounts && issuer.purposes === 'any' && dialect.anyPurpose === 'refused') return false
  return issuer.flaw === 'none' || isHarmless(issuer, dialect, anchor)
}

/** Flaws that do not count where the certificate stands; a signature shows when the next one is looked for. */
function isHarmless({ flaw }: Drawn, dialect: Dialect, anchor: boolean): boolean {
  switch (flaw) {
    case 'corrupted':
      return true
    case 'sha1':
    case 'no-basic-constraints':
      return anchor
    case 'wrong-purpose':
      return anchor && dialect.anchorPurpose === 'ignored'
    case 'expired':
    case 'not-yet-valid':
      return anchor && dialect.anchorExpiry === 'ignored'
    default:
      return false
  }
}

/** Makes each drawing a certificate, once. */
export function certificateMaker(): (drawing: Drawn) => Certificate {
  const made = new Map<string, Certificate>()
  return drawing => {
    const id = JSON.stringify(drawing)
    const certificate = made.get(id) ?? parsed(makeCa(drawing.name, specOf(drawing)))
    made.set(id, certificate)
    return certificate
  }
}

export function makeDrawnLeaf({ name, issuerName, issuerKey, flaw }: DrawnLeaf): Certificate {
  const issuer = { name: issuerName, key: issuerKey }
  const subject = name ?? {}
  const corrupted = flaw === 'corrupted'
  return parsed(makeLeaf([HOST], { issuer: toIssuer(issuer), subject, corrupted }))
}

function specOf(drawing: Drawn): Parameters<typeof makeCa>[1] {
  const { key, issuerName, issuerKey, flaw, purposes, pathLength, excludes, permits } = drawing
  const extensions: NewExtension[] = []
  if (flaw === 'no-ca') extensions.push(basicConstraints(false))
  else extensions.push(basicConstraints(true, pathLength))
  if (flaw === 'no-cert-sign') extensions.push(keyUsage('cRLSign'))
  if (flaw === 'wrong-purpose') extensions.push(extendedKeyUsage('emailProtection'))
  else if (purposes === 'servers')
    extensions.push(extendedKeyUsage('emailProtection', 'serverAuth'))
  else if (purposes === 'any') extensions.push(extendedKeyUsage('anyExtendedKeyUsage'))
  if (flaw === 'critical-extension')
    extensions.push({ oid: '1.2.3.4', critical: true, value: Uint8Array.of(5, 0) })
  const excluded: NewGeneralName[] = excludes === 'nothing' ? [] : [excludedName(excludes)]
  const permitted = permits === 'all' ? [] : [permits === 'host' ? HOST : 'elsewhere.example']
  if (excluded.length + permitted.length > 0)
    extensions.push(
      nameConstraints({
        ...(permitted.length > 0 ? { permitted } : {}),
        ...(excluded.length > 0 ? { excluded } : {}),
      }),
    )
  return {
    key: keyOf(key),
    issuer: toIssuer({ name: issuerName, key: issuerKey }),
    serial: drawing.issue + 1,
    extensions:
      flaw === 'no-basic-constraints'
        ? extensions.filter(({ oid }) => oid !== basicConstraints(true).oid)
        : extensions,
    without: flaw === 'no-basic-constraints' ? ['basicConstraints'] : [],
    corrupted: flaw === 'corrupted',
    ...(flaw === 'sha1' ? { hash: 'SHA-1' } : {}),
    ...(flaw === 'expired' ? { notAfter: NOW - DAY_MS } : {}),
    ...(flaw === 'not-yet-valid' ? { notBefore: NOW + DAY_MS } : {}),
  }
}

function excludedName(excludes: 'host' | CaName): NewGeneralName {
  if (excludes === 'host') return HOST
  return { type: 'directory', value: parsed(makeLeaf([HOST], { subject: excludes })).subject }
}

function toIssuer({ name, key }: { readonly name: CaName; readonly key: number }): Issuer {
  return { subject: encodeName(name), key: keyOf(key) }
}

function keyOf(key: number) {
  return testKey('ec-p256', 100 + key)
}
