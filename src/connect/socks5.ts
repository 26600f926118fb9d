/** Asks a SOCKS5 proxy for a connection (RFC 1928), with user name and password where they are given (RFC 1929). */
import { utf8, Writer } from '../bytes.ts'
import { same, type Text } from '../text.ts'
import { parseIp } from '../x509/ip-address.ts'
import type { Credentials } from './proxy.ts'
import type { Talk } from './talk.ts'
import { formatAuthority } from './target.ts'
import { LOGIN_NEEDED, refused, type WayAsked, WRONG_LOGIN } from './way.ts'

const VERSION = 5
const LOGIN_VERSION = 1
const CONNECT = 1
const NO_LOGIN = 0
const BY_PASSWORD = 2
const NONE_ACCEPTED = 0xff
const SUCCEEDED = 0
const IPV4 = 1
const NAME = 3
const IPV6 = 4

/** Resolves when the connection stands. @throws the talk's error, with what the proxy said */
export async function askSocks5(talk: Talk, asked: WayAsked): Promise<void> {
  const { host, port, credentials } = asked
  await logIn(talk, credentials)
  const request = new Writer().u8(VERSION).u8(CONNECT).u8(0)
  writeHost(request, host)
  talk.send(request.u16(port).bytes())
  const [version, reply = 0, , kind = 0] = await talk.take(4)
  if (version !== VERSION) throw talk.error(NOT_SOCKS)
  if (reply !== SUCCEEDED) throw talk.error(refused(formatAuthority(host, port), reasonOf(reply)))
  // The address it connects from: of no use, but it must be read.
  if (kind === NAME) await talk.take(((await talk.take(1))[0] ?? 0) + 2)
  else if (kind === IPV4 || kind === IPV6) await talk.take((kind === IPV4 ? 4 : 16) + 2)
  else throw talk.error(NOT_SOCKS)
}

async function logIn(talk: Talk, credentials: Credentials | null): Promise<void> {
  const methods = credentials ? [NO_LOGIN, BY_PASSWORD] : [NO_LOGIN]
  talk.send(Uint8Array.of(VERSION, methods.length, ...methods))
  const [version, method = NONE_ACCEPTED] = await talk.take(2)
  if (version !== VERSION) throw talk.error(NOT_SOCKS)
  if (method === NO_LOGIN) return
  if (method !== BY_PASSWORD || !credentials) throw talk.error(LOGIN_NEEDED)
  const { user, password } = credentials
  const login = new Writer().u8(LOGIN_VERSION)
  for (const text of [user, password]) login.vector(1, w => w.push(utf8(text)))
  talk.send(login.bytes())
  const [, status] = await talk.take(2)
  if (status !== SUCCEEDED) throw talk.error(WRONG_LOGIN)
}

function writeHost(request: Writer, host: string): void {
  const octets = parseIp(host)
  if (octets) request.u8(octets.length === 4 ? IPV4 : IPV6).push(octets)
  else request.u8(NAME).vector(1, w => w.push(utf8(host)))
}

/** RFC 1928 section 6. */
function reasonOf(reply: number): Text {
  return REPLIES[reply] ?? same(`SOCKS 0x${reply.toString(16).padStart(2, '0')}`)
}

const REPLIES: Readonly<Record<number, Text>> = {
  1: { en: 'general failure', 'zh-CN': '一般性失败' },
  2: { en: 'not allowed by its rules', 'zh-CN': '其规则不允许' },
  3: { en: 'network unreachable', 'zh-CN': '网络不可达' },
  4: { en: 'host unreachable', 'zh-CN': '主机不可达' },
  5: { en: 'connection refused', 'zh-CN': '连接被拒绝' },
  6: { en: 'time to live expired', 'zh-CN': 'TTL 已过期' },
  7: { en: 'it cannot make connections', 'zh-CN': '不支持 CONNECT 命令' },
  8: { en: 'it does not know this kind of address', 'zh-CN': '不支持该地址类型' },
}

const NOT_SOCKS: Text = { en: 'does not answer in SOCKS5', 'zh-CN': '的应答不是 SOCKS5' }
