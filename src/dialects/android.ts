/** Android's own stack: uploads, older clients, and the alerts that servers log. */
import { nothingCommon, tlsTooOld } from '../causes/handshake.ts'
import { captureProxy, phoneClock } from '../causes/phone.ts'
import { chainIncomplete, expired, rootMissing, selfSigned, wrongName } from '../causes/trust.ts'
import type { Dialect } from '../dialect.ts'

const scope = { families: ['android', 'harmony'] } as const

const dialect: Dialect = {
  title: { en: "Android's network stack", 'zh-CN': 'Android 网络栈' },
  rank: 1,
  messages: [
    {
      title: {
        en: 'Trust anchor for certification path not found: the chain leads to no root that the phone trusts',
        'zh-CN': 'Trust anchor for certification path not found：证书链没有通向手机信任的根证书',
      },
      patterns: [/trust anchor for certification path|CertPathValidatorException/i],
      scope,
      causes: [chainIncomplete, rootMissing, selfSigned, captureProxy],
    },
    {
      title: {
        en: "certificate unknown: the alert with which a phone refuses the server's certificate",
        'zh-CN': 'certificate unknown：手机拒绝服务器证书时发出的告警',
      },
      patterns: [/certificate[ _]unknown|unknown[ _]ca\b|alert number (?:46|48)\b/i],
      scope,
      causes: [chainIncomplete, rootMissing, selfSigned, captureProxy],
    },
    {
      title: {
        en: 'not verified: the certificate is for another name',
        'zh-CN': 'not verified：证书域名不匹配',
      },
      patterns: [/SSLPeerUnverifiedException|hostname .{1,80} (?:not verified|was not verified)/i],
      scope,
      causes: [wrongName],
    },
    {
      title: {
        en: 'ssl hand shake error: the handshake failed, or the chain is not trusted',
        'zh-CN': 'ssl hand shake error：握手失败，或证书链不受信任',
      },
      patterns: [/ssl ?-?hand ?-?shake|SSLHandshakeException|handshake ?error/i],
      scope,
      causes: [
        chainIncomplete,
        rootMissing,
        tlsTooOld,
        nothingCommon,
        expired,
        wrongName,
        phoneClock,
        captureProxy,
      ],
      note: {
        en: 'Switching SSLv3 or TLS 1.0 on does not help: what is missing is nearly always the intermediate.',
        'zh-CN': '重新启用 SSLv3 或 TLS 1.0 没有用：缺少的几乎总是中间证书。',
      },
    },
  ],
  recognise: text =>
    /javax\.net\.ssl|java\.security\.cert|java\.net\.\w+Exception/i.test(text)
      ? { en: 'an exception of Android', 'zh-CN': 'Android 抛出的异常' }
      : null,
  sources: [
    'https://developer.android.com/privacy-and-security/security-ssl',
    'RFC 5246 section 7.2.2',
  ],
}

export default dialect
