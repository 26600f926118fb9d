/** The contract of a STARTTLS protocol: what is said in the clear until both sides turn to TLS. */
import type { Connect } from './connect/connection.ts'
import { quote, Talk } from './connect/talk.ts'
import { formatAuthority } from './connect/target.ts'
import { MpcertError, systemCode } from './errors.ts'
import { join, type Text } from './text.ts'

export interface Starttls {
  readonly title: string
  /** Where it is spoken unless said otherwise. */
  readonly port: number
  readonly source: string
  /** Resolves when TLS may begin. `host` is the server's name, for protocols that say it. @throws errors of the talk */
  begin(talk: Talk, host: string): Promise<void>
}

/** The same connections, turned to TLS. They fail with ERR_STARTTLS, and with ERR_TIMEOUT where the server is silent. */
export function afterStarttls(connect: Connect, protocol: Starttls, host: string): Connect {
  return async (address, port, timeoutMs) => {
    const deadline = performance.now() + timeoutMs
    const connection = await connect(address, port, timeoutMs)
    const where = formatAuthority(address.ip, port)
    const fail = (code: 'ERR_STARTTLS' | 'ERR_TIMEOUT', why: Text, cause?: unknown) => {
      const system = systemCode(cause)
      return new MpcertError(code, join([where, why], ' '), {
        phase: 'starttls',
        ...(cause === undefined ? {} : { cause }),
        ...(system ? { system } : {}),
      })
    }
    const talk = new Talk(connection.stream, {
      deadline,
      error: (why, cause) => fail('ERR_STARTTLS', why, cause),
      late: () => fail('ERR_TIMEOUT', silent(protocol, timeoutMs)),
    })
    try {
      await protocol.begin(talk, host)
      // What an attacker slipped in before the encryption would count as said after it (CVE-2011-0411).
      if (talk.surplus > 0) throw talk.error(SAYS_MORE)
      talk.leave()
      return connection
    } catch (error) {
      connection.stream.destroy()
      throw error
    }
  }
}

/** Whoever answers there speaks something else. */
export function foreign(title: string, said: string): Text {
  const quoted = JSON.stringify(quote(said))
  return {
    en: `does not answer as a server of ${title}: ${quoted}`,
    'zh-CN': `的应答不属于 ${title}：${quoted}`,
  }
}

/** It speaks the protocol, without TLS. */
export function notOffered(title: string, said = ''): Text {
  const quoted = said === '' ? '' : quote(said)
  return {
    en: `does not offer STARTTLS in ${title}${quoted && `: ${quoted}`}`,
    'zh-CN': `不提供 ${title} 的 STARTTLS${quoted && `：${quoted}`}`,
  }
}

function silent({ title }: Starttls, timeoutMs: number): Text {
  const seconds = timeoutMs / 1000
  return {
    en: `said nothing in ${title} for ${seconds} s`,
    'zh-CN': `在 ${seconds} 秒内没有 ${title} 应答`,
  }
}

const SAYS_MORE: Text = {
  en: 'goes on in the clear after its word to begin TLS: what is slipped in there would pass for encrypted',
  'zh-CN': '在同意开始 TLS 之后仍发送明文：混入其中的内容会被当作加密数据',
}
