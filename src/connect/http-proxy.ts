/** Asks an HTTP proxy for a tunnel: the CONNECT method (RFC 9110 section 9.3.6). */
import { toBase64, utf8 } from '../bytes.ts'
import { same, type Text } from '../text.ts'
import type { Credentials } from './proxy.ts'
import { quote, type Talk } from './talk.ts'
import { formatAuthority } from './target.ts'
import { LOGIN_NEEDED, refused, type WayAsked, WRONG_LOGIN } from './way.ts'

/** Resolves when the tunnel stands. @throws the talk's error, with what the proxy said */
export async function askHttpProxy(talk: Talk, asked: WayAsked): Promise<void> {
  const { host, port, credentials } = asked
  const authority = formatAuthority(host, port)
  const lines = [
    `CONNECT ${authority} HTTP/1.1`,
    `Host: ${authority}`,
    'User-Agent: mpcert',
    // Basic is the one scheme that needs no second round (RFC 7617).
    ...(credentials ? [`Proxy-Authorization: Basic ${basic(credentials)}`] : []),
  ]
  talk.send(`${lines.join('\r\n')}\r\n\r\n`)
  const start = Buffer.from(await talk.take(5)).toString('latin1')
  if (start !== 'HTTP/') throw talk.error(noHttp(start))
  const line = start + (await talk.line())
  const [, status, reason = ''] = /^HTTP\/1\.[01] ([1-5]\d\d)(?: (.*))?$/.exec(line) ?? []
  if (status === undefined) throw talk.error(noHttp(line))
  if (status === '407') throw talk.error(credentials ? WRONG_LOGIN : LOGIN_NEEDED)
  if (!status.startsWith('2'))
    throw talk.error(refused(authority, same(quote(`${status} ${reason}`))))
  while ((await talk.line()) !== '');
}

function basic({ user, password }: Credentials): string {
  return toBase64(utf8(`${user}:${password}`))
}

function noHttp(said: string): Text {
  const quoted = JSON.stringify(quote(said))
  return { en: `does not answer in HTTP: ${quoted}`, 'zh-CN': `的应答不是 HTTP：${quoted}` }
}
