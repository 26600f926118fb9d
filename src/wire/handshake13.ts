/** TLS 1.3 from ServerHello on (RFC 8446 §4). */
import { concat, equal, Reader, Writer } from '../bytes.ts'
import { DecodeError } from '../errors.ts'
import { decompressCertificate, readCertificate13 } from './certificate-message.ts'
import { applicationSecrets, finishedData, handshakeSecrets, trafficKeys } from './key-schedule.ts'
import {
  CERTIFICATE,
  CERTIFICATE_REQUEST,
  CERTIFICATE_VERIFY,
  COMPRESSED_CERTIFICATE,
  ENCRYPTED_EXTENSIONS,
  FINISHED,
  message,
  NEW_SESSION_TICKET,
} from './messages.ts'
import { ALERTS, EXTENSIONS, extensionName, groupName, schemeName } from './names.ts'
import type { HandshakeEnd } from './outcome.ts'
import { aeadShape, open13, seal13 } from './protection.ts'
import { type Flow, HANDSHAKE, type Patience, unexpected } from './record.ts'
import {
  checkOffered,
  readAlpn,
  readExtensions,
  readKeyShare,
  type ServerHello,
} from './server-hello.ts'
import {
  clientAuthOf,
  learn,
  noteRefusal,
  readExpected,
  readLeafKey,
  readMessage,
  type Session,
  sendChangeCipherSpec,
  sendMessage,
} from './session.ts'
import { verify13 } from './signature.ts'
import {
  Interruption,
  illegal,
  notOffered,
  ProtocolViolation,
  stopHere,
  violate,
} from './violation.ts'

/** Extensions with a place of their own, which is not EncryptedExtensions (§4.2). */
const ELSEWHERE: ReadonlySet<number> = new Set([
  EXTENSIONS.status_request,
  EXTENSIONS.signature_algorithms,
  EXTENSIONS.signed_certificate_timestamp,
  EXTENSIONS.padding,
  EXTENSIONS.encrypt_then_mac,
  EXTENSIONS.extended_master_secret,
  EXTENSIONS.compress_certificate,
  EXTENSIONS.session_ticket,
  EXTENSIONS.supported_versions,
  EXTENSIONS.psk_key_exchange_modes,
  EXTENSIONS.post_handshake_auth,
  EXTENSIONS.signature_algorithms_cert,
  EXTENSIONS.key_share,
  EXTENSIONS.renegotiation_info,
])

/** Time for the server to refuse after our Finished, and for its tickets where there is nothing to refuse. */
const REFUSAL: Patience = { roundTrips: 1, ms: 500 }
const TICKET: Patience = { roundTrips: 1, ms: 50 }

/** `compatible`: we still owe the dummy ChangeCipherSpec of the compatibility mode (§D.4). */
export function* handshake13(
  session: Session,
  hello: ServerHello,
  compatible: boolean,
): Flow<HandshakeEnd> {
  const { channel, transcript, options } = session
  const { hash } = hello.suite
  const { group, value } = readKeyShare(hello)
  const share = session.shares.find(offered => offered.group === group)
  if (!share) return notOffered(`a key share of ${groupName(group)}`)
  learn(session, { group })
  const shape = aeadShape(hello.suite) ?? stopHere()

  channel.requireBoundary()
  if (share.prepare) yield { send: new Uint8Array(), patience: null, prepared: share.prepare() }
  const secrets = handshakeSecrets(hash, share.agree(value), transcript.digest(hash))
  channel.opener = open13(shape, trafficKeys(hash, secrets.server, shape.keyLength))
  channel.sealer = seal13(shape, trafficKeys(hash, secrets.client, shape.keyLength))

  const settings = yield* readEncryptedExtensions(session)
  const context = yield* readCertificates(session)
  yield* readCertificateVerify(session, hash)
  yield* readFinished(session, hash, secrets.server)
  channel.requireBoundary()
  channel.dropsChangeCipherSpec = false
  const asked = context !== null
  learn(session, { clientAuth: asked ? 'asked-unknown' : 'not-asked' }, 'flight')
  if (!options.complete(hello.version)) return { kind: 'server-hello' }

  const application = applicationSecrets(hash, secrets.handshake, transcript.digest(hash))
  channel.opener = open13(shape, trafficKeys(hash, application.server, shape.keyLength))
  if (compatible) sendInTheClear(session)
  if (settings !== null) sendMessage(session, clientSettings(settings))
  if (context) sendMessage(session, emptyCertificate(context))
  const proof = finishedData(hash, secrets.client, transcript.digest(hash))
  sendMessage(session, message(FINISHED, proof))
  channel.sealer = seal13(shape, trafficKeys(hash, application.client, shape.keyLength))
  channel.stage = 'finished'
  return yield* noteRefusal(session, asked, settle(session, asked))
}

/** The type of the ALPS extension the server answered, to be answered in turn; else null. */
function* readEncryptedExtensions(session: Session): Flow<number | null> {
  const { body } = yield* readExpected(session, ENCRYPTED_EXTENSIONS)
  const reader = new Reader(body, 'EncryptedExtensions')
  const extensions = readExtensions(reader)
  reader.end()
  checkOffered(extensions, session.hello)
  for (const type of extensions.keys())
    if (ELSEWHERE.has(type)) illegal(`extension ${extensionName(type)} in EncryptedExtensions`)
  extensions.get(EXTENSIONS.server_name)?.end()
  const alpn = extensions.get(EXTENSIONS.application_layer_protocol_negotiation)
  learn(session, {
    extensions: [...session.facts.extensions, ...extensions.keys()],
    alpn: alpn ? readAlpn(alpn, session.hello.spec.alpn) : null,
  })
  const settings = [EXTENSIONS.application_settings, EXTENSIONS.application_settings_old]
  return settings.find(type => extensions.has(type)) ?? null
}

/** The context of a CertificateRequest, null if there was none; then the chain, compressed or not. */
function* readCertificates(session: Session): Flow<Uint8Array | null> {
  let next = yield* readMessage(session)
  let context: Uint8Array | null = null
  if (next.type === CERTIFICATE_REQUEST) {
    const reader = new Reader(next.body, 'CertificateRequest')
    context = reader.vector(1, 'context').rest()
    const extensions = readExtensions(reader)
    reader.end()
    if (context.length > 0) illegal('a request context during the handshake')
    if (!extensions.has(EXTENSIONS.signature_algorithms))
      violate('decode', 'CertificateRequest has no signature_algorithms', 'missing_extension')
    next = yield* readMessage(session)
  }
  let { type, body } = next
  if (type === COMPRESSED_CERTIFICATE) {
    const unpacked = decompressCertificate(body, session.hello.spec.certificateCompression)
    learn(session, { certificateCompression: unpacked.algorithm })
    type = CERTIFICATE
    body = unpacked.certificate
  }
  if (type !== CERTIFICATE) unexpected(next, 'Certificate')
  learn(session, readCertificate13(body, session.hello), 'certificate')
  return context
}

function* readCertificateVerify(session: Session, hash: string): Flow<void> {
  const signed = session.transcript.digest(hash)
  const { body } = yield* readExpected(session, CERTIFICATE_VERIFY)
  const reader = new Reader(body, 'CertificateVerify')
  const signatureScheme = reader.u16()
  const signature = reader.vector(2, 'signature').rest()
  reader.end()
  learn(session, { signatureScheme })
  if (!session.hello.spec.signatureSchemes.includes(signatureScheme))
    notOffered(schemeName(signatureScheme))
  verify13(signatureScheme, readLeafKey(session), signedContent(signed), signature)
  session.channel.stage = 'key-exchange'
}

/** §4.4.3. */
function signedContent(transcript: Uint8Array): Uint8Array {
  const context = Buffer.from('TLS 1.3, server CertificateVerify\0')
  return concat([new Uint8Array(64).fill(0x20), context, transcript])
}

function* readFinished(session: Session, hash: string, secret: Uint8Array): Flow<void> {
  const expected = finishedData(hash, secret, session.transcript.digest(hash))
  const { body } = yield* readExpected(session, FINISHED)
  if (!equal(body, expected)) violate('bad-finished', 'Finished does not match', 'decrypt_error')
}

/** The dummy ChangeCipherSpec is never encrypted. */
function sendInTheClear(session: Session): void {
  const { sealer } = session.channel
  session.channel.sealer = null
  sendChangeCipherSpec(session)
  session.channel.sealer = sealer
}

/** Our settings, empty, in an EncryptedExtensions of the client (draft-vvv-tls-alps-01 §4). */
function clientSettings(type: number): Uint8Array {
  const body = new Writer().vector(2, list => list.u16(type).u16(0))
  return message(ENCRYPTED_EXTENSIONS, body.bytes())
}

function emptyCertificate(context: Uint8Array): Uint8Array {
  const body = new Writer().vector(1, w => w.push(context)).u24(0)
  return message(CERTIFICATE, body.bytes())
}

/**
 * Waits for what follows our Finished: a ticket or data of a server that accepts, or the alert of one that does not.
 * One that asked for a certificate may send tickets before it reads ours: data or its silence accepts.
 */
function* settle(session: Session, asked: boolean): Flow<HandshakeEnd> {
  const { channel } = session
  try {
    for (;;) {
      const record = yield* channel.record(asked ? REFUSAL : TICKET)
      if (record?.type === HANDSHAKE && record.content[0] === NEW_SESSION_TICKET)
        learnTicket(session, record.content)
      if (!asked || record?.type !== HANDSHAKE) break
    }
  } catch (error) {
    if (asked || !(error instanceof Interruption) || !isGoodbye(error.end(channel.stage)))
      throw error
  }
  const end: HandshakeEnd = { kind: 'completed' }
  if (asked) learn(session, { clientAuth: clientAuthOf(end) })
  return end
}

/** The first ticket of a record, as far as it stands there: it comes after the handshake, and breaks nothing. */
function learnTicket(session: Session, content: Uint8Array): void {
  learn(session, { sessionTicket: true })
  const reader = new Reader(content, 'NewSessionTicket', 0)
  try {
    reader.u8()
    const body = reader.vector(3, 'body')
    const lifetimeS = body.u32()
    body.u32()
    body.vector(1, 'nonce')
    body.vector(2, 'ticket')
    const early = readExtensions(body).get(EXTENSIONS.early_data)
    session.options.onTicket?.({ lifetimeS, maxEarlyData: early?.u32() ?? 0 })
  } catch (error) {
    if (!(error instanceof DecodeError) && !(error instanceof ProtocolViolation)) throw error
  }
}

/** A server that hangs up in good order has nothing against us. */
function isGoodbye(end: HandshakeEnd): boolean {
  if (end.kind === 'alert') return end.description === ALERTS.close_notify
  return end.kind === 'closed' && end.how === 'fin'
}
