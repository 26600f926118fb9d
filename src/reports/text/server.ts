/** What the server is like, in a line or two: what holds for all clients, and what nobody found out. */
import type { ReportOptions, TargetResult } from '../../report.ts'
import type { Locale, Text } from '../../text.ts'
import { displayWidth, indent, wrap } from './layout.ts'
import { paint, WORDS } from './words.ts'

type Server = NonNullable<TargetResult['server']>

export function serverLines(
  { server }: TargetResult,
  { style, locale }: ReportOptions,
): readonly string[] {
  if (!server) return []
  const facts = serverFacts(server, locale)
  if (facts.length === 0) return []
  const label = WORDS.server[locale]
  const margin = displayWidth(label) + 2
  const all = facts.join(style.ascii ? '; ' : ' · ')
  const [first = '', ...rest] = wrap(all, style.width - margin)
  return [`${paint('bold', label, style)}  ${first}`, ...indent(rest, ' '.repeat(margin))]
}

/** What holds for all clients, each in a few words. */
export function serverFacts(server: Server, locale: Locale): readonly string[] {
  const { alpn, forwardSecrecy } = server
  const say = (texts: readonly (Text | null)[]) => texts.flatMap(text => text?.[locale] ?? [])
  const open = say(openQuestions(server))
  return [
    versionsOf(server),
    ...say([forwardSecrecy && FORWARD_SECRECY[forwardSecrecy]]),
    ...alpn,
    ...say([certificates(server), ...sessions(server), ...demands(server)]),
    ...say([open.length > 0 ? notFoundOut(open) : null]),
  ].filter(fact => fact !== '')
}

/** Such as `TLS 1.3, 1.2`. */
function versionsOf({ versions }: Server): string {
  const numbers = Object.entries(versions).flatMap(([name, spoken]) =>
    spoken ? name.replace('TLSv', '').replace(/^1$/, '1.0') : [],
  )
  return numbers.length > 0 ? `TLS ${numbers.toReversed().join(', ')}` : ''
}

function certificates({ keys }: Server): Text | null {
  if (keys.length === 0) return null
  return {
    en: `${keys.join(' and ')} ${keys.length > 1 ? 'certificates' : 'certificate'}`,
    'zh-CN': `${keys.join(' 与 ')} 证书`,
  }
}

function sessions({ sessionTickets, resumption }: Server): readonly (Text | null)[] {
  return [
    sessionTickets ? { en: 'session tickets', 'zh-CN': '会话票据' } : null,
    resumption && !sessionTickets ? { en: 'resumes sessions', 'zh-CN': '支持会话恢复' } : null,
    resumption === false ? { en: 'resumes no session', 'zh-CN': '不支持会话恢复' } : null,
  ]
}

function demands({
  clientCertificate,
  withoutName,
  unknownName,
}: Server): readonly (Text | null)[] {
  return [
    clientCertificate && CLIENT_CERTIFICATE[clientCertificate],
    withoutName && WITHOUT_NAME[withoutName.answer],
    unknownName && UNKNOWN_NAME[unknownName.answer],
  ]
}

const FORWARD_SECRECY: Readonly<Record<NonNullable<Server['forwardSecrecy']>, Text>> = {
  all: { en: 'forward secrecy', 'zh-CN': '前向保密' },
  some: { en: 'forward secrecy with some clients', 'zh-CN': '仅对部分客户端前向保密' },
  none: { en: 'no forward secrecy', 'zh-CN': '无前向保密' },
}

const CLIENT_CERTIFICATE: Readonly<Record<NonNullable<Server['clientCertificate']>, Text | null>> =
  {
    'not-asked': null,
    asked: { en: 'asks for a client certificate', 'zh-CN': '请求客户端证书' },
    required: { en: 'demands a client certificate', 'zh-CN': '强制要求客户端证书' },
  }

type Answer = NonNullable<Server['withoutName']>['answer']

const WITHOUT_NAME: Readonly<Record<Answer, Text | null>> = {
  same: null,
  other: { en: 'another certificate without SNI', 'zh-CN': '无 SNI 时返回其他证书' },
  refused: { en: 'refuses clients without SNI', 'zh-CN': '拒绝不带 SNI 的客户端' },
}

const UNKNOWN_NAME: Readonly<Record<Answer, Text | null>> = {
  same: null,
  other: null,
  refused: { en: 'refuses unknown names', 'zh-CN': '拒绝未知主机名' },
}

/** Null is told where it could hide something. */
function openQuestions(server: Server): readonly (Text | null)[] {
  const { compression, weakSuites, withoutName } = server
  return [
    compression === null ? { en: 'compression', 'zh-CN': '压缩' } : null,
    weakSuites === null ? { en: 'weak suites', 'zh-CN': '弱套件' } : null,
    withoutName === null ? { en: 'the answer without SNI', 'zh-CN': '无 SNI 时的应答' } : null,
  ]
}

function notFoundOut(open: readonly string[]): Text {
  return {
    en: `not found out: ${open.join(', ')}`,
    'zh-CN': `未能查明：${open.join('、')}`,
  }
}
