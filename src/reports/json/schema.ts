/** The JSON Schema (2020-12) of the JSON report. */
import { APIS, FAMILIES, TIERS } from '../../platform.ts'
import { SEVERITIES } from '../../rule.ts'
import { SCAN_PROTOCOLS } from '../../scan/scan-facts.ts'

type Schema = Readonly<Record<string, unknown>>

const text = { type: 'string' }
const integer = { type: 'integer' }
const time = { type: 'string', format: 'date-time' }
const grade = { enum: ['A+', 'A', 'B', 'C', 'F', null] }
const verdict = { enum: ['pass', 'warn', 'fail', 'unknown', 'not-checked'] }

const error = object({ code: text, phase: nullable(text), system: nullable(text), message: text })

const handshake = object({
  protocol: text,
  cipher: text,
  group: nullable(text),
  signatureScheme: nullable(text),
})

const address = object({
  ip: text,
  family: { enum: [4, 6, null] },
  status: { enum: [...verdict.enum, 'unreachable'] },
  chain: nullable(text),
  handshake: nullable(handshake),
  error: nullable(error),
})

const cell = object({
  api: { enum: APIS },
  verdict,
  handshake: nullable(handshake),
  chain: nullable(text),
  path: nullable(list(text)),
  anchor: nullable(text),
  reasons: list(text),
  borrowed: nullable(text),
})

const platform = object({
  id: text,
  family: { enum: FAMILIES },
  name: text,
  tier: { enum: TIERS },
  counts: { type: 'boolean' },
  grade,
  verdict,
  cells: list(cell),
})

const maybe = nullable({ type: 'boolean' })

const nameAnswer = nullable({
  oneOf: [
    object({ answer: { const: 'same' } }),
    object({ answer: { const: 'other' }, certificate: text }),
    object({ answer: { const: 'refused' }, how: text }),
  ],
})

/** Null is what could not be found out. */
const server = object({
  versions: object({ TLSv1: maybe, 'TLSv1.1': maybe, 'TLSv1.2': maybe, 'TLSv1.3': maybe }),
  keys: list(text),
  forwardSecrecy: { enum: ['all', 'some', 'none', null] },
  alpn: list(text),
  clientCertificate: { enum: ['not-asked', 'asked', 'required', null] },
  sessionTickets: maybe,
  resumption: maybe,
  secureRenegotiation: maybe,
  extendedMasterSecret: maybe,
  compression: maybe,
  weakSuites: nullable(list(text)),
  withoutName: nameAnswer,
  unknownName: nameAnswer,
  warnsOfName: maybe,
  largeHello: { enum: ['answered', 'dropped', 'dropped-in-two', null] },
})

const certificate = object({
  sha256: text,
  subject: text,
  issuer: text,
  notBefore: nullable(time),
  notAfter: nullable(time),
  serial: nullable(text),
  key: text,
  signatureAlgorithm: text,
  san: list(text),
  pem: text,
  role: { enum: ['leaf', 'issuer', 'root', 'duplicate', 'unrelated'] },
  fault: nullable(text),
})

const chain = object({
  id: text,
  sent: list(certificate),
  missing: list(
    object({
      subject: text,
      keyId: nullable(text),
      issuerUrl: nullable(text),
      sha256: nullable(text),
    }),
  ),
  anchors: list(object({ sha256: text, name: text, trustedBy: text })),
  trustedBy: nullable(text),
  holdsUntil: nullable(time),
})

const location = object({ file: text, line: integer, column: integer })

const finding = object({
  ruleId: text,
  severity: { enum: SEVERITIES },
  title: text,
  message: text,
  fix: nullable(text),
  evidence: true,
  platforms: list(text),
  apis: list({ enum: APIS }),
  chain: nullable(text),
  location: nullable(location),
  fingerprint: text,
})

/** Where the user set the finding aside. */
const suppressed = object({
  by: { enum: ['ignore', 'baseline'] },
  reason: nullable(text),
  until: nullable({ type: 'string', format: 'date' }),
})

const project = object({
  files: integer,
  urls: integer,
  calls: integer,
  unknownUrls: integer,
  unknownLists: list(text),
  timeouts: { type: 'object', additionalProperties: integer },
  skipped: list(object({ file: text, why: text })),
})

const target = {
  ...object({
    input: text,
    host: nullable(text),
    port: nullable(integer),
    servername: nullable(text),
    status: { enum: ['pass', 'warn', 'fail', 'unknown', 'unreachable'] },
    grade,
    addresses: list(address),
    platforms: list(platform),
    server: nullable(server),
    chains: list(chain),
    findings: list({ ...finding, properties: { ...finding.properties, suppressed } }),
  }),
}

export const reportSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:mpcert:report:1.0',
  title: 'mpcert report',
  ...object({
    schemaVersion: { const: '1.0' },
    tool: object({ name: { const: 'mpcert' }, version: text }),
    run: object({
      startedAt: time,
      durationMs: integer,
      judgedAt: time,
      ruleSet: text,
      gradingVersion: text,
      stores: list(object({ name: text, version: text, date: text, verified: text })),
      clientHello: nullable(
        object({ file: text, ja3: text, ja4: text, resembles: nullable(text) }),
      ),
    }),
    summary: object({
      targets: integer,
      pass: integer,
      warn: integer,
      fail: integer,
      unknown: integer,
      unreachable: integer,
    }),
    targets: list({
      ...target,
      properties: { ...target.properties, error, origin: location, project, ...scanSchema() },
    }),
  }),
}

/** What a scan adds to its target; null is what could not be found out. */
function scanSchema() {
  const yesNoUnknown = { type: ['boolean', 'null'] }
  const known = object({ code: text, name: text, offered: yesNoUnknown })
  const version = { enum: SCAN_PROTOCOLS }
  const suite = object({
    code: text,
    name: text,
    opensslName: nullable(text),
    group: nullable(text),
    dhBits: nullable(integer),
    bits: integer,
  })
  return {
    protocols: list(
      object({
        version,
        offered: yesNoUnknown,
        suites: list(suite),
        unknownSuites: integer,
        preference: { enum: ['server', 'client', null] },
      }),
    ),
    groups: list(known),
    signatureSchemes: list(known),
    dhPrimes: list(object({ bits: integer, name: nullable(text), sha256: text })),
    extras: object({
      fallbackScsv: yesNoUnknown,
      extendedMasterSecret: yesNoUnknown,
      secureRenegotiation: yesNoUnknown,
      compression: yesNoUnknown,
      tickets: list(object({ version, lifetimeS: { anyOf: [integer, { const: 'none' }] } })),
      maxEarlyData: nullable(integer),
    }),
    probes: object({
      sent: integer,
      unanswered: integer,
      atOnce: integer,
      durationMs: integer,
      rttMs: nullable({ type: 'number' }),
      exhausted: { enum: ['time', 'connections', 'patience', null] },
    }),
  }
}

/** Later minor versions add keys, so others are allowed. */
function object<const P extends Readonly<Record<string, unknown>>>(properties: P) {
  return { type: 'object', properties, required: Object.keys(properties) }
}

function list(items: unknown) {
  return { type: 'array', items }
}

function nullable(schema: unknown) {
  return { anyOf: [schema, { type: 'null' }] }
}
