/** Chromium's network errors: WeChat's Cronet writes their numbers, DevTools and web-views their names. */
import {
  damaged,
  lifetime,
  purpose,
  transparency,
  weakKey,
  weakSignature,
} from '../causes/certificate.ts'
import {
  clientCertificate,
  closedByTheWay,
  keyUnsupported,
  largeHello,
  nameUnknown,
  nothingCommon,
  plainPort,
  tlsTooOld,
} from '../causes/handshake.ts'
import { redirectOffList } from '../causes/list.ts'
import { deadAddress, refused, silent, unresolved } from '../causes/network.ts'
import { captureProxy, phoneClock, phoneOffline } from '../causes/phone.ts'
import {
  chainIncomplete,
  expired,
  intermediateExpired,
  nodeDiffers,
  noSan,
  revoked,
  rootDistrusted,
  rootMissing,
  selfSigned,
  wrongName,
} from '../causes/trust.ts'
import type { Dialect, Message } from '../dialect.ts'
import type { Text } from '../text.ts'

const messages: readonly Message[] = [
  {
    ...netError(-202, 'CERT_AUTHORITY_INVALID', {
      en: 'the chain leads to no root that the phone trusts',
      'zh-CN': '证书链没有通向手机信任的根证书',
    }),
    causes: [chainIncomplete, rootMissing, rootDistrusted, selfSigned, captureProxy],
    note: {
      en: 'A padlock in a desktop browser proves nothing: it fetches missing intermediates, phones do not.',
      'zh-CN': '桌面浏览器显示小锁不说明问题：浏览器会自行补全中间证书，手机不会。',
    },
  },
  {
    ...netError(-201, 'CERT_DATE_INVALID', {
      en: 'a certificate has expired or is not valid yet',
      'zh-CN': '证书已过期或尚未生效',
    }),
    causes: [expired, intermediateExpired, phoneClock, nodeDiffers],
  },
  {
    ...netError(-200, 'CERT_COMMON_NAME_INVALID', {
      en: 'the certificate is for another name',
      'zh-CN': '证书域名与访问的域名不符',
    }),
    causes: [wrongName, noSan, captureProxy],
  },
  {
    ...netError(-206, 'CERT_REVOKED', {
      en: 'the certificate is revoked',
      'zh-CN': '证书已被吊销',
    }),
    causes: [revoked, rootDistrusted],
  },
  {
    ...netError(-208, 'CERT_WEAK_SIGNATURE_ALGORITHM', {
      en: 'a signature is too weak',
      'zh-CN': '签名算法过弱',
    }),
    causes: [weakSignature],
  },
  {
    ...netError(-211, 'CERT_WEAK_KEY', { en: 'the key is too small', 'zh-CN': '密钥太短' }),
    causes: [weakKey],
  },
  {
    ...netError(-212, 'CERT_NAME_CONSTRAINT_VIOLATION', {
      en: 'the CA may not issue for this name',
      'zh-CN': '超出 CA 的域名签发限制',
    }),
    causes: [purpose],
  },
  {
    ...netError(-213, 'CERT_VALIDITY_TOO_LONG', {
      en: 'the certificate is valid for too long',
      'zh-CN': '证书有效期过长',
    }),
    causes: [lifetime],
  },
  {
    ...netError(-214, 'CERTIFICATE_TRANSPARENCY_REQUIRED', {
      en: 'certificate timestamps (SCTs) are missing',
      'zh-CN': '缺少证书透明度时间戳（SCT）',
    }),
    causes: [transparency, captureProxy],
  },
  {
    ...netError(-207, 'CERT_INVALID', {
      en: 'the certificate is not usable, for no reason that has a name of its own',
      'zh-CN': '证书无效，且不属于有专门名称的原因',
    }),
    causes: [damaged, purpose, lifetime, noSan],
  },
  {
    ...netError(-113, 'SSL_VERSION_OR_CIPHER_MISMATCH', {
      en: 'server and phone share no TLS version or cipher suite',
      'zh-CN': '服务器与手机没有共同的 TLS 版本或加密套件',
    }),
    causes: [tlsTooOld, nothingCommon, keyUnsupported, nameUnknown],
  },
  {
    ...netError(-107, 'SSL_PROTOCOL_ERROR', {
      en: 'what came back is no proper TLS',
      'zh-CN': '对方返回的不是正确的 TLS',
    }),
    causes: [plainPort, nameUnknown, closedByTheWay],
  },
  {
    ...netError(-110, 'SSL_CLIENT_AUTH_CERT_NEEDED', {
      en: 'the server wants a client certificate',
      'zh-CN': '服务器要求客户端证书',
    }),
    causes: [clientCertificate],
  },
  {
    ...netError(-101, 'CONNECTION_RESET', {
      en: 'the connection was reset',
      'zh-CN': '连接被重置',
    }),
    causes: [closedByTheWay, largeHello, phoneOffline],
  },
  {
    ...netError(-100, 'CONNECTION_CLOSED', {
      en: 'the connection was closed without an answer',
      'zh-CN': '连接在没有响应的情况下被关闭',
    }),
    causes: [closedByTheWay, largeHello, phoneOffline],
  },
  {
    ...netError(-103, 'CONNECTION_ABORTED', {
      en: 'the connection broke off',
      'zh-CN': '连接中断',
    }),
    causes: [phoneOffline, closedByTheWay, largeHello],
  },
  {
    ...netError(-324, 'EMPTY_RESPONSE', {
      en: 'the server closed the connection without an HTTP answer',
      'zh-CN': '服务器没有返回任何 HTTP 响应就关闭了连接',
    }),
    causes: [closedByTheWay],
  },
  {
    ...netError(-102, 'CONNECTION_REFUSED', {
      en: 'nobody listens there: network, not certificate',
      'zh-CN': '连接被拒绝，是网络问题，与证书无关',
    }),
    causes: [refused, deadAddress],
  },
  {
    ...netError(-118, 'CONNECTION_TIMED_OUT', {
      en: 'nobody answers in time: network, not certificate',
      'zh-CN': '连接超时，是网络问题，与证书无关',
    }),
    causes: [silent, deadAddress, phoneOffline],
  },
  {
    ...netError(-7, 'TIMED_OUT', {
      en: 'the answer did not come in time',
      'zh-CN': '未能及时得到响应',
    }),
    causes: [silent, deadAddress, phoneOffline],
  },
  {
    ...netError(-109, 'ADDRESS_UNREACHABLE', {
      en: 'no way to that address: network, not certificate',
      'zh-CN': '地址不可达，是网络问题，与证书无关',
    }),
    causes: [deadAddress, phoneOffline],
  },
  {
    ...netError(-105, 'NAME_NOT_RESOLVED', {
      en: 'DNS has no address for the name: network, not certificate',
      'zh-CN': '域名无法解析，是网络问题，与证书无关',
    }),
    causes: [unresolved, phoneOffline],
  },
  {
    ...netError(-137, 'NAME_RESOLUTION_FAILED', {
      en: 'DNS did not answer: network, not certificate',
      'zh-CN': 'DNS 查询失败，是网络问题，与证书无关',
    }),
    causes: [unresolved, phoneOffline],
  },
  {
    ...netError(-106, 'INTERNET_DISCONNECTED', {
      en: 'the phone has no network',
      'zh-CN': '手机没有网络',
    }),
    causes: [phoneOffline],
  },
  {
    ...netError(-21, 'NETWORK_CHANGED', {
      en: 'the phone changed its network',
      'zh-CN': '手机切换了网络',
    }),
    causes: [phoneOffline],
  },
  {
    ...netError(-310, 'TOO_MANY_REDIRECTS', {
      en: 'the server redirects without end',
      'zh-CN': '服务器重定向次数过多',
    }),
    causes: [redirectOffList],
  },
  {
    ...netError(-2, 'FAILED', {
      en: 'something failed that has no name of its own',
      'zh-CN': '笼统的失败，没有更具体的原因',
    }),
    causes: [closedByTheWay, largeHello, redirectOffList],
  },
]

/** Ranges of net_error_list.h, by the hundreds of the number. */
const RANGES: Readonly<Record<number, Text>> = {
  0: { en: 'phone or computer itself', 'zh-CN': '系统类' },
  1: { en: 'connection or its handshake', 'zh-CN': '连接与握手类' },
  2: { en: 'certificate', 'zh-CN': '证书类' },
  3: { en: 'HTTP answer', 'zh-CN': 'HTTP 类' },
  4: { en: 'cache', 'zh-CN': '缓存类' },
  8: { en: 'name resolution', 'zh-CN': '域名解析类' },
}

const dialect: Dialect = {
  title: {
    en: "Chromium's network stack (Cronet, DevTools)",
    'zh-CN': 'Chromium 网络栈（Cronet、开发者工具）',
  },
  rank: 0,
  messages,
  recognise(text) {
    const [, name] = /\b(?:net::)?(ERR_[A-Z0-9_]{3,60})\b/.exec(text) ?? []
    const [, number] =
      /(?:err(?:or)?[ _]?code|net_?error|net::)[\s:=]{0,4}(-\d{1,3})(?!\d)/i.exec(text) ??
      /^(-\d{1,3})$/.exec(text) ??
      []
    const range = RANGES[number === undefined ? hundredOf(name) : Math.floor(-Number(number) / 100)]
    if (range)
      return {
        en: `a network error of Chromium about the ${range.en} (${number ?? name})`,
        'zh-CN': `Chromium 网络错误，属于${range['zh-CN']}（${number ?? name}）`,
      }
    return name === undefined
      ? null
      : { en: `a network error of Chromium (${name})`, 'zh-CN': `Chromium 网络错误（${name}）` }
  },
  sources: [
    'https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h',
    'https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html',
  ],
}

export default dialect

/** By the first word of the name; -1 where it tells nothing. */
function hundredOf(name = ''): number {
  if (name.startsWith('ERR_CERT')) return 2
  return /^ERR_(?:SSL|CONNECTION|ADDRESS|PROXY|TUNNEL)_/.test(name) ? 1 : -1
}

function netError(code: number, name: string, meaning: Text): Omit<Message, 'causes'> {
  return {
    title: {
      en: `net::ERR_${name} (${code}): ${meaning.en}`,
      'zh-CN': `net::ERR_${name}（${code}）：${meaning['zh-CN']}`,
    },
    codes: [String(code)],
    patterns: [new RegExp(`\\bERR_${name}\\b`, 'i')],
  }
}
