/** Row 6: TLS stands, and no WebSocket comes of it. */
import { upgradeWebSocket } from '../advice.ts'
import type { Facts } from '../facts/facts.ts'
import { defineRule, type Emission, type Fix } from '../rule.ts'
import { platformDocument } from '../sources.ts'
import type { Text } from '../text.ts'

type Why =
  | 'status'
  | 'redirect'
  | 'upgrade-header'
  | 'accept'
  | 'protocol'
  | 'closed'
  | 'silent'
  | 'not-http'
  | 'no-pong'

interface Failed {
  readonly why: Why
  readonly status: number | null
  readonly detail: string
}

export default defineRule({
  severity: 'error',
  rank: 5,
  statement: {
    en: 'wx.connectSocket needs wss: after the TLS handshake the server must switch to WebSocket with status 101 and the right Sec-WebSocket-Accept.',
    'zh-CN':
      'wx.connectSocket 使用 wss：TLS 握手之后，服务器须以状态码 101 与正确的 Sec-WebSocket-Accept 切换到 WebSocket。',
  },
  sources: [platformDocument, 'RFC 6455 sections 4.1, 4.2.2 and 5.5.2'],
  title: { en: 'The WebSocket upgrade fails', 'zh-CN': 'WebSocket 升级失败' },
  needs: ['upgrade'],
  check({ upgrade }): readonly Emission<Failed>[] {
    const failed = howItFailed(upgrade)
    if (!failed) return []
    // Who must log in first is not seen to its end from here.
    const isDoubtful = failed.why === 'no-pong' || failed.status === 401
    return [isDoubtful ? { args: failed, severity: 'warn' } : { args: failed }]
  },
  example: { why: 'status', status: 400, detail: 'HTTP/1.1 400 Bad Request' },
  message: ({ why, detail }) => MESSAGES[why](detail),
  fix: ({ why, status }) => ADVICE[why] ?? adviceOn(status),
})

function howItFailed(upgrade: Facts['upgrade']): Failed | null {
  if (upgrade.kind === 'broken') return { why: upgrade.how, status: null, detail: upgrade.detail }
  if (upgrade.kind === 'upgraded')
    return upgrade.ping === 'silent' ? { why: 'no-pong', status: null, detail: '' } : null
  const { why, status, location, detail } = upgrade
  const isRedirect = why === 'status' && status >= 300 && status < 400 && location !== null
  return isRedirect
    ? { why: 'redirect', status, detail: `${status} → ${location}` }
    : { why, status, detail }
}

const MESSAGES: Readonly<Record<Why, (detail: string) => Text>> = {
  status: detail => ({
    en: `the server answers the upgrade with ${JSON.stringify(detail)} instead of 101`,
    'zh-CN': `服务器对升级请求返回 ${JSON.stringify(detail)}，而不是 101`,
  }),
  redirect: detail => ({
    en: `the server redirects the upgrade (${detail}), and no client follows`,
    'zh-CN': `服务器将升级请求跳转（${detail}），客户端不会跟随`,
  }),
  'upgrade-header': () => ({
    en: 'the answer 101 lacks Upgrade: websocket or Connection: Upgrade',
    'zh-CN': '101 应答缺少 Upgrade: websocket 或 Connection: Upgrade',
  }),
  accept: () => ({
    en: 'Sec-WebSocket-Accept does not belong to the key that was sent',
    'zh-CN': 'Sec-WebSocket-Accept 与所发送的 key 不符',
  }),
  protocol: detail =>
    detail === ''
      ? {
          en: 'the server chooses none of the subprotocols that were offered',
          'zh-CN': '服务器没有选择任何一个所提供的子协议',
        }
      : {
          en: `the server chooses the subprotocol ${detail}, which was not offered`,
          'zh-CN': `服务器选择了未提供的子协议 ${detail}`,
        },
  closed: () => ({
    en: 'the server closes the connection instead of answering the upgrade',
    'zh-CN': '服务器没有应答升级请求，而是关闭了连接',
  }),
  silent: () => ({
    en: 'the server does not answer the upgrade',
    'zh-CN': '服务器没有应答升级请求',
  }),
  'not-http': detail => ({
    en: `the server answers with what is no HTTP: ${JSON.stringify(detail)}`,
    'zh-CN': `服务器返回的不是 HTTP：${JSON.stringify(detail)}`,
  }),
  'no-pong': () => ({
    en: 'the upgrade succeeds, and a ping gets no pong',
    'zh-CN': '升级成功，但 ping 没有得到 pong',
  }),
}

const UPGRADE = upgradeWebSocket({
  en: 'Let whatever stands before the WebSocket server pass the upgrade on (HTTP/1.1, Upgrade, Connection), and check that the path is the right one.',
  'zh-CN':
    '请让 WebSocket 服务之前的代理转发升级请求（HTTP/1.1、Upgrade、Connection），并确认路径正确。',
})

function adviceOn(status: number | null): Fix {
  if (status === 401 || status === 403)
    return {
      text: {
        en: 'The server refuses before it upgrades: send in the header of wx.connectSocket what it wants to see, and let neither Origin nor Referer decide.',
        'zh-CN':
          '服务器在升级之前就拒绝了请求：请在 wx.connectSocket 的 header 中带上所需的凭证，且不要依据 Origin 或 Referer 拒绝。',
      },
    }
  if (status === 502 || status === 503 || status === 504)
    return {
      text: {
        en: 'The proxy answers, and the WebSocket server behind it does not: start it, or mend the address the proxy passes to.',
        'zh-CN': '代理有应答，但其后的 WebSocket 服务没有：请启动该服务，或修正代理转发的地址。',
      },
    }
  return UPGRADE
}

const ADVICE: Readonly<Partial<Record<Why, Fix>>> = {
  redirect: {
    text: {
      en: 'Use the final URL in wx.connectSocket, and take wss paths out of redirects.',
      'zh-CN': '请在 wx.connectSocket 中使用最终地址，并将 wss 路径排除在跳转规则之外。',
    },
  },
  protocol: {
    text: {
      en: 'Offer in wx.connectSocket (protocols) what the server speaks, and let it choose one of those; here --ws-protocol offers them.',
      'zh-CN':
        '请使 wx.connectSocket 的 protocols 与服务器支持的子协议一致；检查时用 --ws-protocol 提供。',
    },
  },
  'no-pong': {
    text: {
      en: 'Answer pings (RFC 6455 section 5.5.2): clients and proxies take a silent peer for dead.',
      'zh-CN': '请应答 ping（RFC 6455 第 5.5.2 节）：客户端与代理会认为不应答的一方已断开。',
    },
  },
}
