/** TLS 1.0 to 1.2 from ServerHello on: the server's flight (RFC 5246 §7.4, RFC 8422 §5.4). */
import type { KeyObject } from 'node:crypto'
import { concat, Reader } from '../bytes.ts'
import { readCertificate12, readCertificateStatus } from './certificate-message.ts'
import { ffdheGroup, illegalValue, isDhValue } from './ffdhe.ts'
import { finish12, type ServerKey } from './finish12.ts'
import {
  CERTIFICATE,
  CERTIFICATE_REQUEST,
  CERTIFICATE_STATUS,
  type Message,
  messageName,
  NEW_SESSION_TICKET,
  SERVER_HELLO_DONE,
  SERVER_KEY_EXCHANGE,
} from './messages.ts'
import { EXTENSIONS, groupName, SCHEMES, schemeName, VERSIONS } from './names.ts'
import type { HandshakeEnd } from './outcome.ts'
import { type Flow, unexpected } from './record.ts'
import { readOlderExtensions, type ServerHello } from './server-hello.ts'
import {
  learn,
  noteRefusal,
  readExpected,
  readLeafKey,
  readMessage,
  type Session,
} from './session.ts'
import { verify12 } from './signature.ts'
import type { Suite } from './suite.ts'
import { notOffered, violate } from './violation.ts'

/** What a server proves itself with where it sends no certificate. */
const WITHOUT_CERTIFICATE = new Set(['anon', 'PSK', 'KRB5', 'SRP', 'ECCPWD'])
/** Key exchanges that need a ServerKeyExchange, and those that may have one. */
const WITH_PARAMETERS = new Set(['DHE', 'ECDHE', 'DHE_PSK', 'ECDHE_PSK', 'SRP', 'ECCPWD'])
const WITH_HINT = new Set(['PSK', 'RSA_PSK', 'CECPQ1', 'KEA'])

export function* handshake12(session: Session, hello: ServerHello): Flow<HandshakeEnd> {
  const { suite } = hello
  learn(session, readOlderExtensions(hello, session.hello))
  if (hello.resumed) return yield* readAbbreviated(session)
  if (!WITHOUT_CERTIFICATE.has(suite.authentication)) {
    const { body } = yield* readExpected(session, CERTIFICATE)
    learn(session, { chain: readCertificate12(body) }, 'certificate')
  }
  const leafKey = needsKey(suite) ? readLeafKey(session) : null
  if (leafKey) checkKey(suite, leafKey, hello.version)

  let next = yield* readMessage(session)
  if (next.type === CERTIFICATE_STATUS && hasStatus(hello)) {
    learn(session, { ocspStaple: readCertificateStatus(next.body) })
    next = yield* readMessage(session)
  }
  let serverKey: ServerKey | null = null
  if (next.type === SERVER_KEY_EXCHANGE && mayHaveParameters(suite)) {
    serverKey = readServerKeyExchange(session, hello, next, leafKey)
    session.channel.stage = 'key-exchange'
    next = yield* readMessage(session)
  } else if (WITH_PARAMETERS.has(suite.keyExchange))
    unexpected(next, messageName(SERVER_KEY_EXCHANGE))
  const asked = next.type === CERTIFICATE_REQUEST && suite.authentication !== 'anon'
  if (asked) {
    readCertificateRequest(next.body, hello.version)
    next = yield* readMessage(session)
  }
  if (next.type !== SERVER_HELLO_DONE) unexpected(next, messageName(SERVER_HELLO_DONE))
  new Reader(next.body, 'ServerHelloDone').end()
  learn(session, { clientAuth: asked ? 'asked-unknown' : 'not-asked' }, 'flight')
  // SSL 3.0 is seen, not spoken: its MAC and key derivation are its own.
  const spoken = hello.version >= VERSIONS['TLS 1.0']
  if (!spoken || !session.options.complete(hello.version)) return { kind: 'server-hello' }
  return yield* noteRefusal(session, asked, finish12(session, hello, leafKey, serverKey, asked))
}

/** A session taken up again: at most a new ticket, then at once the change of keys (RFC 5246 §7.3, RFC 5077 §3.1). */
function* readAbbreviated(session: Session): Flow<HandshakeEnd> {
  if (session.facts.sessionTicket) yield* readExpected(session, NEW_SESSION_TICKET)
  yield* session.channel.changeCipherSpec()
  return { kind: 'server-hello' }
}

/** Whether the leaf's own key signs the exchange or decrypts the secret. */
function needsKey({ authentication, keyExchange, exportGrade }: Suite): boolean {
  return (
    ['RSA', 'ECDSA', 'DSS'].includes(authentication) &&
    ['RSA', 'DHE', 'ECDHE'].includes(keyExchange) &&
    !(exportGrade && keyExchange === 'RSA')
  )
}

/** RFC 5246 §7.4.2, RFC 8422 §5.3: the leaf's key must be of the suite's kind. Not every client minds its curve. */
function checkKey(suite: Suite, key: KeyObject, version: number): void {
  const modern = version === VERSIONS['TLS 1.2'] && suite.keyExchange !== 'RSA'
  const kinds: Readonly<Record<string, readonly string[]>> = {
    RSA: modern ? ['rsa', 'rsa-pss'] : ['rsa'],
    ECDSA: modern ? ['ec', 'ed25519', 'ed448'] : ['ec'],
    DSS: ['dsa'],
  }
  const kind = key.asymmetricKeyType ?? 'unknown'
  if (!kinds[suite.authentication]?.includes(kind))
    violate('key-unsupported', `${suite.name} with a key of ${kind}`, 'illegal_parameter')
}

function hasStatus({ extensions }: ServerHello): boolean {
  return extensions.has(EXTENSIONS.status_request) || extensions.has(EXTENSIONS.status_request_v2)
}

function mayHaveParameters({ keyExchange, exportGrade }: Suite): boolean {
  return WITH_PARAMETERS.has(keyExchange) || WITH_HINT.has(keyExchange) || exportGrade
}

/** Null for parameters of a kind we do not read: PSK, SRP, export RSA. */
function readServerKeyExchange(
  session: Session,
  hello: ServerHello,
  { body }: Message,
  leafKey: KeyObject | null,
): ServerKey | null {
  const reader = new Reader(body, 'ServerKeyExchange')
  const { keyExchange } = hello.suite
  const serverKey =
    keyExchange === 'ECDHE'
      ? readCurve(session, reader)
      : keyExchange === 'DHE'
        ? readField(session, reader)
        : null
  if (!serverKey) return null
  if (leafKey) {
    const parameters = body.subarray(0, reader.position)
    const signed = concat([session.hello.random, hello.random, parameters])
    const scheme = hello.version === VERSIONS['TLS 1.2'] ? readScheme(session, reader) : null
    verify12(scheme, leafKey, signed, reader.vector(2, 'signature').rest())
  }
  reader.end()
  return serverKey
}

function readCurve(session: Session, reader: Reader): ServerKey {
  const kind = reader.u8()
  // One named by its code: nobody offers to take a curve spelled out.
  if (kind !== 3) return notOffered(`a curve of type ${kind}`)
  const group = reader.u16()
  const value = reader.vector(1, 'point').rest()
  learn(session, { group })
  if (
    session.hello.offered.has(EXTENSIONS.supported_groups) &&
    !session.hello.spec.groups.includes(group)
  )
    notOffered(`group ${groupName(group)}`)
  return { kind: 'curve', group, value }
}

function readField(session: Session, reader: Reader): ServerKey {
  const prime = withoutZeros(reader.vector(2, 'prime').rest())
  const generator = reader.vector(2, 'generator').rest()
  const value = reader.vector(2, 'value').rest()
  const dhBits = Math.max(0, prime.length * 8 + 24 - Math.clz32(prime[0] ?? 0))
  learn(session, { dhBits, dhPrime: prime, group: ffdheGroup(prime) })
  if (!isDhValue(value, prime)) illegalValue()
  return { kind: 'field', prime, generator, value }
}

function readScheme(session: Session, reader: Reader): number {
  const signatureScheme = reader.u16()
  learn(session, { signatureScheme })
  // Without the extension the client takes SHA-1 with any kind of key (RFC 5246 §7.4.1.4.1).
  const accepted = session.hello.offered.has(EXTENSIONS.signature_algorithms)
    ? session.hello.spec.signatureSchemes
    : [SCHEMES.rsa_pkcs1_sha1, SCHEMES.dsa_sha1, SCHEMES.ecdsa_sha1]
  return accepted.includes(signatureScheme)
    ? signatureScheme
    : notOffered(schemeName(signatureScheme))
}

function readCertificateRequest(body: Uint8Array, version: number): void {
  const reader = new Reader(body, 'CertificateRequest')
  reader.vector(1, 'types')
  if (version === VERSIONS['TLS 1.2']) reader.vector(2, 'signatureAlgorithms')
  reader.vector(2, 'authorities')
  reader.end()
}

function withoutZeros(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex(byte => byte !== 0)
  return start < 0 ? new Uint8Array() : bytes.subarray(start)
}
