/** iOS: NSURLErrorDomain and kCFErrorDomainCFNetwork of uploads and of older clients, and Secure Transport beneath them. */
import {
  damaged,
  lifetime,
  purpose,
  transparency,
  weakKey,
  weakSignature,
} from '../causes/certificate.ts'
import {
  atsHandshake,
  clientCertificate,
  closedByTheWay,
  nothingCommon,
  plainPort,
  tlsTooOld,
} from '../causes/handshake.ts'
import { deadAddress, refused, silent, unresolved } from '../causes/network.ts'
import { captureProxy, phoneClock, phoneOffline } from '../causes/phone.ts'
import {
  chainIncomplete,
  expired,
  intermediateExpired,
  noSan,
  rootDistrusted,
  rootMissing,
  selfSigned,
  wrongName,
} from '../causes/trust.ts'
import type { Cause, Dialect, Message } from '../dialect.ts'

const scope = { families: ['ios'] } as const

const plainHttp: Cause = {
  text: {
    en: 'The URL begins with http://, or a redirect leads to one: iOS refuses it.',
    'zh-CN': 'URL 以 http:// 开头，或被重定向到 http://：iOS 会拒绝。',
  },
  tells: {
    en: 'It fails at once, without any connection.',
    'zh-CN': '立即失败，不会发起连接。',
  },
  proof: 'mpcert project DIR',
  rules: ['scheme-not-https', 'http-only', 'redirect-off-list'],
}

const untrusted = [
  chainIncomplete,
  rootMissing,
  rootDistrusted,
  selfSigned,
  lifetime,
  transparency,
  wrongName,
  captureProxy,
]

const messages: readonly Message[] = [
  {
    title: {
      en: 'errSSLXCertChainInvalid (-9807), -9808, -9812, -9813: the chain is not trusted',
      'zh-CN': 'errSSLXCertChainInvalid（-9807）、-9808、-9812、-9813：证书链不受信任',
    },
    codes: ['-9807', '-9808', '-9812', '-9813'],
    patterns: [/errSSL(?:XCertChainInvalid|BadCert|UnknownRootCert|NoRootCert)/i],
    scope,
    causes: [...untrusted, noSan, purpose, weakKey, weakSignature, damaged],
  },
  {
    title: {
      en: 'errSSLCertExpired (-9814), errSSLCertNotYetValid (-9815)',
      'zh-CN': 'errSSLCertExpired（-9814）、errSSLCertNotYetValid（-9815）：证书不在有效期内',
    },
    codes: ['-9814', '-9815'],
    patterns: [/errSSLCert(?:Expired|NotYetValid)/i],
    scope,
    causes: [expired, intermediateExpired, phoneClock],
  },
  {
    title: {
      en: 'errSSLHostNameMismatch (-9843): the certificate is for another name',
      'zh-CN': 'errSSLHostNameMismatch（-9843）：证书域名不匹配',
    },
    codes: ['-9843'],
    patterns: [/errSSLHostNameMismatch/i],
    scope,
    causes: [wrongName, noSan],
  },
  {
    title: {
      en: 'Secure Transport -9801, -9824, -9836: no common version or suite',
      'zh-CN': 'Secure Transport -9801、-9824、-9836：没有共同的版本或套件',
    },
    codes: ['-9800', '-9801', '-9802', '-9824', '-9836'],
    patterns: [/errSSL(?:Protocol|Negotiation|FatalAlert|PeerHandshakeFail|PeerProtocolVersion)/i],
    scope,
    causes: [atsHandshake, tlsTooOld, nothingCommon, weakKey],
  },
  {
    title: {
      en: 'Secure Transport -9805, -9806, -9816: closed within the handshake',
      'zh-CN': 'Secure Transport -9805、-9806、-9816：连接在握手途中关闭',
    },
    codes: ['-9805', '-9806', '-9816'],
    patterns: [/errSSLClosed(?:Graceful|Abort|NoNotify)/i],
    scope,
    causes: [closedByTheWay, plainPort, atsHandshake],
  },
  {
    title: {
      en: 'iOS -1202: the certificate of this server is invalid (not trusted)',
      'zh-CN': 'iOS -1202：此服务器的证书无效（不受信任）',
    },
    codes: ['-1202', '-1203'],
    patterns: [
      /此服务器的证书无效|certificate for this server is invalid/i,
      /(?:NSURLError|kCFURLError)ServerCertificate(?:Untrusted|HasUnknownRoot)/i,
    ],
    scope,
    causes: untrusted,
  },
  {
    title: {
      en: 'iOS -1201: a certificate has expired or is not valid yet',
      'zh-CN': 'iOS -1201：证书已过期或尚未生效',
    },
    codes: ['-1201', '-1204'],
    patterns: [/(?:NSURLError|kCFURLError)ServerCertificate(?:HasBadDate|NotYetValid)/i],
    scope,
    causes: [expired, intermediateExpired, phoneClock],
  },
  {
    title: {
      en: 'iOS -1206, -1205: a client certificate is demanded',
      'zh-CN': 'iOS -1206、-1205：服务器要求客户端证书',
    },
    codes: ['-1205', '-1206'],
    patterns: [/(?:NSURLError|kCFURLError)ClientCertificate/i],
    scope,
    causes: [clientCertificate],
  },
  {
    title: {
      en: 'iOS -1200: the secure connection failed (handshake, or App Transport Security)',
      'zh-CN': 'iOS -1200：安全连接失败（握手失败或不符合 ATS）',
    },
    codes: ['-1200'],
    patterns: [
      /(?:NSURLError|kCFURLError)SecureConnectionFailed/i,
      /发生了? ?SSL ?错误|无法建立(?:到|与)该?服务器的安全连接|an ssl error has occurred/i,
    ],
    scope,
    causes: [
      atsHandshake,
      tlsTooOld,
      nothingCommon,
      chainIncomplete,
      rootMissing,
      weakKey,
      plainPort,
      closedByTheWay,
    ],
  },
  {
    title: {
      en: 'iOS -1022: plain http is refused by App Transport Security',
      'zh-CN': 'iOS -1022：ATS 拒绝明文 http',
    },
    codes: ['-1022'],
    patterns: [
      /App ?Transport ?Security.{0,20}require/i,
      /AppTransportSecurityRequiresSecureConnection/i,
    ],
    scope,
    causes: [plainHttp],
  },
  {
    title: {
      en: 'iOS -1001: timed out; network, not certificate',
      'zh-CN': 'iOS -1001：请求超时，是网络问题，与证书无关',
    },
    codes: ['-1001'],
    patterns: [/(?:NSURLError|kCFURLError)TimedOut/i],
    scope,
    causes: [silent, deadAddress, phoneOffline],
  },
  {
    title: {
      en: 'iOS -1003: the name is not resolved; network, not certificate',
      'zh-CN': 'iOS -1003：域名无法解析，是网络问题，与证书无关',
    },
    codes: ['-1003', '-1006'],
    patterns: [
      /未能找到使用指定主机名的服务器|server with the specified hostname could not be found/i,
    ],
    scope,
    causes: [unresolved, phoneOffline],
  },
  {
    title: {
      en: 'iOS -1004: no connection to the server; network, not certificate',
      'zh-CN': 'iOS -1004：无法连接服务器，是网络问题，与证书无关',
    },
    codes: ['-1004'],
    patterns: [/未能连接到服务器|could not connect to the server/i],
    scope,
    causes: [refused, deadAddress],
  },
  {
    title: {
      en: 'iOS -1005, -1009: the network is gone',
      'zh-CN': 'iOS -1005、-1009：网络已断开',
    },
    codes: ['-1005', '-1009'],
    patterns: [/网络连接已中断|似乎已断开与互联网的连接|network connection was lost/i],
    scope,
    causes: [phoneOffline, closedByTheWay],
  },
]

const dialect: Dialect = {
  title: { en: "iOS's network stack", 'zh-CN': 'iOS 网络栈' },
  rank: 1,
  messages,
  recognise(text) {
    const [, code] = /(?:^|[^\w.-])(-98\d\d|-1[0-2]\d\d)(?!\w|[.-]\d)/.exec(text) ?? []
    if (code?.startsWith('-98'))
      return {
        en: `a TLS error of iOS (Secure Transport ${code})`,
        'zh-CN': `iOS 的 TLS 错误（Secure Transport ${code}）`,
      }
    if (code !== undefined || /kCFErrorDomain|NSURLErrorDomain|kCFStreamError/i.test(text))
      return {
        en: `a network error of iOS${code === undefined ? '; its number (Code=...) is missing' : ` (${code})`}`,
        'zh-CN': `iOS 网络错误${code === undefined ? '，但缺少错误码（Code=...）' : `（${code}）`}`,
      }
    return null
  },
  sources: [
    'https://developer.apple.com/documentation/foundation/nsurlerror (URL loading errors)',
    'apple-oss-distributions/Security OSX/libsecurity_ssl/lib/SecureTransport.h',
  ],
}

export default dialect
