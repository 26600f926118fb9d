/** The server hangs up, resets, or departs from the protocol in the middle of the handshake. */

import type { Answer, Refusal } from '../facts/facts.ts'
import type { Objection } from '../facts/objection.ts'
import { messageInChinese } from '../fault-words.ts'
import { defineRule } from '../rule.ts'
import type { Text } from '../text.ts'
import type { Stage, Violation } from '../wire/outcome.ts'

const VIOLATIONS: Readonly<Record<Violation, Text>> = {
  decode: { en: 'sends a message that cannot be decoded', 'zh-CN': '发送了无法解码的消息' },
  'unexpected-message': { en: 'sends a message out of turn', 'zh-CN': '发送了不合时序的消息' },
  'parameter-not-offered': {
    en: 'chooses something the client did not offer',
    'zh-CN': '选择了客户端没有提供的参数',
  },
  'illegal-parameter': { en: 'sends a forbidden value', 'zh-CN': '发送了协议禁止的值' },
  'empty-certificate': { en: 'sends no certificate', 'zh-CN': '没有发送证书' },
  'bad-signature': {
    en: "signs with another key than the certificate's",
    'zh-CN': '握手签名与证书公钥不符',
  },
  'key-unsupported': {
    en: 'has a key that does not fit what was negotiated',
    'zh-CN': '证书密钥与协商的算法不匹配',
  },
  'bad-record': { en: 'sends a record that does not decrypt', 'zh-CN': '发送了无法解密的记录' },
  'bad-finished': { en: 'sends a wrong Finished message', 'zh-CN': '发送了错误的 Finished 消息' },
  'over-budget': { en: 'sends more than any handshake needs', 'zh-CN': '发送的数据远超握手所需' },
}

export default defineRule({
  severity: 'error',
  rank: 2,
  statement: {
    en: 'The TLS handshake must succeed; on failure the request is not sent.',
    'zh-CN': 'TLS 握手必须成功；失败时请求不会发出。',
  },
  sources: ['RFC 8446 section 4', 'RFC 5246 section 7.4'],
  title: { en: 'The handshake breaks off', 'zh-CN': '握手中断' },
  needs: ['attempt', 'refusal', 'objection'],
  check({ attempt, refusal, objection }) {
    const broken = objection ? whyItBreaksOff(objection) : howItBroke(attempt, refusal)
    return broken ? [{ args: broken }] : []
  },
  example: { how: 'reset', after: 'client-hello', detail: '' },
  message: ({ how, after, detail }) => {
    if (how === 'fin' || how === 'reset') {
      const verb = how === 'fin' ? 'closes' : 'resets'
      return {
        en: `the server ${verb} the connection after ${after}`,
        'zh-CN': `服务器在 ${after} 之后${how === 'fin' ? '关闭' : '重置'}了连接`,
      }
    }
    if (how === 'downgrade')
      return {
        en: `the server answers in ${detail} and marks that it knows better: this client takes that for an attack and breaks off`,
        'zh-CN': `服务器以 ${detail} 应答，却标明自己支持更高版本：该客户端视为降级攻击并中断`,
      }
    if (how === 'garbage')
      return { en: 'the server sends bytes that are no TLS', 'zh-CN': '服务器返回的数据不是 TLS' }
    const text = VIOLATIONS[how]
    return {
      en: `the server ${text.en}${detail && ` (${detail})`}`,
      'zh-CN': `服务器${text['zh-CN']}${detail && `（${messageInChinese(detail)}）`}`,
    }
  },
  fix: ({ how }) => ({
    text:
      how === 'bad-signature' || how === 'key-unsupported'
        ? {
            en: 'Certificate and private key do not belong together: install the key the certificate was issued for.',
            'zh-CN': '证书与私钥不匹配：请安装签发该证书时使用的私钥。',
          }
        : how === 'downgrade'
          ? {
              en: 'Something between client and server alters the hello, or a load balancer answers with the random value of a server behind it: find it and update it.',
              'zh-CN':
                '客户端与服务器之间有设备改动了握手，或负载均衡转发了后端的随机数：请找到并升级该设备。',
            }
          : {
              en: "Look in the server's error log; a firewall, an SNI filter or an unfiled domain (ICP) also ends connections this way.",
              'zh-CN':
                '请查看服务器错误日志；防火墙、SNI 过滤或域名未备案（ICP）也会这样断开连接。',
            },
  }),
})

interface Broken {
  readonly how: 'fin' | 'reset' | 'garbage' | 'downgrade' | Violation
  readonly after: Stage
  readonly detail: string
}

/** All else that a client objects to is told by the rule of its kind. */
function whyItBreaksOff({ to, choice }: Objection): Broken | null {
  return to === 'downgrade' ? { how: to, after: 'server-hello', detail: choice } : null
}

function howItBroke(attempt: Answer, refusal: Refusal | null): Broken | null {
  if (attempt.kind === 'violation')
    return { how: attempt.violation, after: attempt.after, detail: attempt.detail }
  if (attempt.kind === 'closed' && refusal === 'other')
    return { how: attempt.how, after: attempt.after, detail: '' }
  if (attempt.kind === 'not-tls' && attempt.looksLike === 'binary')
    return { how: 'garbage', after: 'client-hello', detail: '' }
  return null
}
