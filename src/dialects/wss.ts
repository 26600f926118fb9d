/** WeChat's component for wx.connectSocket (wcwss), and the WebSocket libraries before it. */
import { nothingCommon, tls13Only, tlsTooOld } from '../causes/handshake.ts'
import { silent } from '../causes/network.ts'
import { captureProxy, phoneOffline } from '../causes/phone.ts'
import { chainIncomplete, expired, rootMissing, wrongName } from '../causes/trust.ts'
import type { Cause, Dialect } from '../dialect.ts'

const noUpgrade: Cause = {
  text: {
    en: 'A proxy before the server does not pass the upgrade on: it lacks HTTP/1.1 (nginx: proxy_http_version 1.1) and the headers Upgrade and Connection.',
    'zh-CN':
      '前置代理没有转发升级请求：缺少 HTTP/1.1（nginx：proxy_http_version 1.1）以及 Upgrade、Connection 请求头。',
  },
  tells: {
    en: 'The status is 400, 426, 502 or 200; directly at the server it works.',
    'zh-CN': '状态码为 400、426、502 或 200；直连后端服务则正常。',
  },
  proof: 'mpcert check wss://HOST/PATH',
  rules: ['wss-upgrade-failed'],
}

const wrongPath: Cause = {
  text: {
    en: 'The path is wrong, or the server redirects, which a WebSocket does not follow.',
    'zh-CN': '路径有误，或服务器返回重定向（WebSocket 不会跟随）。',
  },
  tells: { en: 'The status is 404, 301 or 302.', 'zh-CN': '状态码为 404、301 或 302。' },
  proof: 'mpcert check wss://HOST/PATH',
  rules: ['wss-upgrade-failed'],
}

const idle: Cause = {
  text: {
    en: 'A proxy or load balancer closes a socket on which nothing is said, often after 60 s.',
    'zh-CN': '代理或负载均衡会断开空闲连接，常见为 60 秒。',
  },
  tells: {
    en: 'It works at first: send a ping every 30 s, or raise proxy_read_timeout.',
    'zh-CN': '开始时正常：请每 30 秒发送一次心跳，或调大 proxy_read_timeout。',
  },
  proof: 'mpcert check wss://HOST/PATH',
  rules: [],
}

const socket = { apis: ['socket'] } as const

const dialect: Dialect = {
  title: { en: "wx.connectSocket's component (wcwss)", 'zh-CN': 'wx.connectSocket 组件（wcwss）' },
  rank: 1,
  messages: [
    {
      title: {
        en: 'TLS handshake failed (wss code 8, errCode 1004)',
        'zh-CN': 'TLS 握手失败（wss code 8、errCode 1004）',
      },
      patterns: [
        /tls handshake (?:fa|ti|er)/i,
        /(?<!err)(?<!error)(?<!\w)code[\s:=']{1,4}8(?!\d)/i,
        /err_?code[\s:=']{1,4}1004(?!\d)/i,
        /^1004$/,
      ],
      scope: socket,
      causes: [
        chainIncomplete,
        rootMissing,
        tls13Only,
        nothingCommon,
        tlsTooOld,
        wrongName,
        expired,
        captureProxy,
      ],
      note: {
        en: 'Sockets use another TLS stack than requests: wx.request may work on the same phone.',
        'zh-CN': 'socket 与 request 使用不同的 TLS 协议栈：同一部手机上 wx.request 可能正常。',
      },
    },
    {
      title: {
        en: 'Invalid HTTP status (wss code 20): no upgrade to WebSocket',
        'zh-CN': 'HTTP 状态码无效（wss code 20）：没有升级为 WebSocket',
      },
      patterns: [
        /invalid http ?(?:status|code)/i,
        /(?<!\w)code[\s:=']{1,4}20(?!\d)/i,
        /refuses handshake/i,
        /unexpected (?:response|server response)( code)?:? ?\d{3}|websocket.{0,40}(?:handshake|connection).{0,60}(?:response code|status)/i,
      ],
      scope: socket,
      causes: [noUpgrade, wrongPath],
    },
    {
      title: {
        en: 'Underlying Transport Error: the connection broke off',
        'zh-CN': 'Underlying Transport Error：连接中断',
      },
      patterns: [/underlying transport error/i],
      scope: socket,
      causes: [idle, phoneOffline, noUpgrade],
    },
    {
      title: {
        en: 'Timer Expired: the socket was not open in time',
        'zh-CN': 'Timer Expired：未在规定时间内建立连接',
      },
      patterns: [/timer expired/i],
      scope: socket,
      causes: [silent, noUpgrade, phoneOffline],
    },
  ],
  recognise: text =>
    /connectsocket|sockettask|onopen fail|wss:\/\//i.test(text)
      ? { en: 'a failure of wx.connectSocket', 'zh-CN': 'wx.connectSocket 失败' }
      : null,
  sources: [
    'https://developers.weixin.qq.com/miniprogram/dev/api/network/websocket/wx.connectSocket.html',
    'RFC 6455 section 4.1',
  ],
}

export default dialect
