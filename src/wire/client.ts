/** The client without I/O: from ClientHello to the outcome (RFC 8446 §4.1, RFC 5246 §7.3). */
import { UsageError } from '../errors.ts'
import { drawHello, encodeHello, greaseShares } from './client-hello.ts'
import { handshake12 } from './handshake12.ts'
import { handshake13 } from './handshake13.ts'
import type { KeyShare } from './key-exchange.ts'
import { SERVER_HELLO } from './messages.ts'
import { ALERTS, groupName, VERSIONS } from './names.ts'
import type { Handshake, HandshakeEnd } from './outcome.ts'
import { ALERT, Channel, type Flow } from './record.ts'
import { readRetry, readServerHello, type ServerHello } from './server-hello.ts'
import {
  type ClientOptions,
  learn,
  NOTHING_SHOWN,
  readExpected,
  type Session,
  sendChangeCipherSpec,
  sendMessage,
} from './session.ts'
import { Transcript } from './transcript.ts'
import { endOf, illegal, ProtocolViolation, stopHere, violate } from './violation.ts'

export interface Conclusion {
  readonly handshake: Handshake
  /** The last bytes to send before FIN: an alert, where there is somebody to tell. */
  readonly farewell: Uint8Array
}

const FATAL = 2
const WARNING = 1

/**
 * Runs one handshake as a state machine: each step says what to send and how long to wait, each input is what came.
 * Whatever comes, it ends with a conclusion.
 */
export function* handshake(options: ClientOptions): Flow<Conclusion> {
  const { spec } = options
  const session: Session = {
    options,
    hello: drawHello(spec, options.serverName, options.random, options.resume),
    channel: new Channel(spec.recordVersion, spec.versions.includes(VERSIONS['TLS 1.3'])),
    transcript: new Transcript(),
    shares: [],
    facts: NOTHING_SHOWN,
  }
  const { channel } = session
  let end: HandshakeEnd
  try {
    end = yield* negotiate(session)
    sayGoodbye(channel, end)
  } catch (error) {
    end = endOf(error, session.channel.stage)
    if (end.kind === 'violation') sendAlert(channel, FATAL, alertOf(error))
    else sayGoodbye(channel, end)
  }
  return {
    handshake: {
      ...end,
      server: { ...session.facts, warnings: channel.warnings },
      bytes: channel.bytes,
    },
    farewell: channel.flush(),
  }
}

function* negotiate(session: Session): Flow<HandshakeEnd> {
  const { options, channel, hello } = session
  const shares = options.spec.keyShares.map(group => options.keyShare(group) ?? noShare(group))
  sendHello(session, shares, null)
  const first = yield* readHello(session)
  const chosen = first.retry ? yield* retry(session, first) : first
  learn(
    session,
    {
      compression: chosen.compression,
      extensions: [...chosen.extensions.keys()],
    },
    'server-hello',
  )
  channel.version = chosen.version
  channel.recordVersion = Math.min(chosen.version, VERSIONS['TLS 1.2'])
  if (chosen.version < VERSIONS['TLS 1.3']) {
    channel.dropsChangeCipherSpec = false
    return yield* handshake12(session, chosen)
  }
  return yield* handshake13(session, chosen, hello.sessionId.length > 0 && !first.retry)
}

/** Answers a HelloRetryRequest by a second hello, which keeps all but the key shares (RFC 8446 §4.1.2). */
function* retry(session: Session, request: ServerHello): Flow<ServerHello> {
  const { options, channel, hello, transcript } = session
  const { group, cookie } = readRetry(request, hello)
  learn(session, { retryGroup: group }, 'hello-retry')
  channel.recordVersion = VERSIONS['TLS 1.2']
  transcript.foldFirst(request.suite.hash)
  if (hello.sessionId.length > 0) sendChangeCipherSpec(session)
  const shares = group === null ? session.shares : [options.keyShare(group) ?? stopHere()]
  sendHello(session, shares, { cookie, group })
  const answer = yield* readHello(session)
  if (answer.retry)
    violate('unexpected-message', 'a second HelloRetryRequest', 'unexpected_message')
  if (answer.version !== request.version || answer.suite !== request.suite)
    illegal('a ServerHello that departs from its HelloRetryRequest')
  return answer
}

function sendHello(
  session: Session,
  shares: readonly KeyShare[],
  retried: { readonly cookie: Uint8Array | null; readonly group: number | null } | null,
): void {
  const { hello } = session
  const grease = retried?.group == null ? greaseShares(hello) : []
  session.shares = shares
  sendMessage(session, encodeHello(hello, [...grease, ...shares], retried?.cookie ?? null))
}

function* readHello(session: Session): Flow<ServerHello> {
  const { body } = yield* readExpected(session, SERVER_HELLO)
  const resuming = session.options.resume != null
  return readServerHello(body, session.hello, choice => learn(session, choice), resuming)
}

function noShare(group: number): never {
  const name = groupName(group)
  throw new UsageError({
    en: `no key share of ${name} can be made`,
    'zh-CN': `无法生成 ${name} 的密钥份额`,
  })
}

function alertOf(error: unknown): number {
  return error instanceof ProtocolViolation ? error.alert : ALERTS.decode_error
}

/** Tells a server that still listens that we leave, and that it is our choice where the handshake was not over. */
function sayGoodbye(channel: Channel, { kind }: HandshakeEnd): void {
  if (kind === 'server-hello' || kind === 'timeout')
    sendAlert(channel, WARNING, ALERTS.user_canceled)
  if (kind === 'server-hello' || kind === 'timeout' || kind === 'completed')
    sendAlert(channel, WARNING, ALERTS.close_notify)
}

function sendAlert(channel: Channel, level: number, description: number): void {
  channel.send(ALERT, Uint8Array.of(level, description))
}
