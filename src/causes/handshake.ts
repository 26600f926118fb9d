/** Why a handshake fails before any certificate is judged. */
import type { Cause } from '../dialect.ts'

const CHECK = 'mpcert check HOST'

export const tlsTooOld: Cause = {
  text: { en: 'The server has no TLS 1.2.', 'zh-CN': '服务器不支持 TLS 1.2。' },
  tells: {
    en: 'An old server or load balancer; all new phones fail.',
    'zh-CN': '服务器或负载均衡版本过旧；所有新手机都失败。',
  },
  proof: CHECK,
  rules: ['tls-too-old', 'handshake-no-common-version'],
}

export const tls13Only: Cause = {
  text: { en: 'The server speaks TLS 1.3 alone.', 'zh-CN': '服务器只支持 TLS 1.3。' },
  tells: { en: 'Old phones alone fail.', 'zh-CN': '只有老手机失败。' },
  proof: CHECK,
  rules: ['tls13-only'],
}

export const nothingCommon: Cause = {
  text: {
    en: 'Server and phone share no cipher suite, curve or signature scheme.',
    'zh-CN': '服务器与手机没有共同的加密套件、曲线或签名算法。',
  },
  tells: {
    en: 'It began when the list of ciphers was hardened, or the key was changed to ECDSA.',
    'zh-CN': '多出现在收紧加密套件或改用 ECDSA 证书之后。',
  },
  proof: 'mpcert scan HOST',
  rules: [
    'handshake-no-common-cipher',
    'handshake-no-common-group',
    'handshake-no-common-signature',
  ],
}

export const keyUnsupported: Cause = {
  text: {
    en: 'The key is of a kind that phones cannot use, such as SM2 or Ed25519.',
    'zh-CN': '密钥类型不被手机支持，例如国密 SM2 或 Ed25519。',
  },
  tells: {
    en: 'A browser for SM algorithms works, all others fail.',
    'zh-CN': '国密浏览器正常，其他客户端都失败。',
  },
  proof: 'mpcert show HOST',
  rules: ['key-unsupported'],
}

export const plainPort: Cause = {
  text: {
    en: 'The port speaks no TLS, such as plain HTTP.',
    'zh-CN': '该端口不是 TLS，例如是明文 HTTP。',
  },
  tells: {
    en: 'http:// works on the same port.',
    'zh-CN': '用 http:// 访问同一端口反而正常。',
  },
  proof: CHECK,
  rules: ['port-speaks-plaintext'],
}

export const nameUnknown: Cause = {
  text: {
    en: 'The server has no certificate for this name and refuses it.',
    'zh-CN': '服务器上没有该域名的证书，因而拒绝握手。',
  },
  tells: {
    en: 'Another name of the same server works; a CDN or load balancer lacks the domain.',
    'zh-CN': '同一台服务器的其他域名正常；多为 CDN 或负载均衡未配置该域名。',
  },
  proof: CHECK,
  rules: ['handshake-refused', 'sni-unrecognized'],
}

export const closedByTheWay: Cause = {
  text: {
    en: 'Something closes the connection within the handshake: a firewall, a filter on the name (a domain without ICP filing on mainland addresses is reset), or a gateway.',
    'zh-CN':
      '有设备在握手途中断开连接：防火墙、按域名过滤（未备案域名在境内服务器上会被重置），或前置网关。',
  },
  tells: {
    en: 'The same server works by another name, or from abroad.',
    'zh-CN': '同一服务器换个域名正常，或从境外访问正常。',
  },
  proof: CHECK,
  rules: ['handshake-broken', 'handshake-refused'],
}

export const largeHello: Cause = {
  text: {
    en: 'Something drops a ClientHello that does not fit one packet.',
    'zh-CN': '有设备会丢弃超过单个数据包的 ClientHello。',
  },
  tells: {
    en: 'New phones alone fail, those that offer post-quantum key exchange.',
    'zh-CN': '只有支持后量子密钥交换的新手机失败。',
  },
  proof: CHECK,
  rules: ['hello-size-intolerant', 'version-intolerant'],
}

export const clientCertificate: Cause = {
  text: {
    en: 'The server demands a client certificate, which no Mini Program can show.',
    'zh-CN': '服务器要求客户端证书，而小程序无法提供。',
  },
  tells: {
    en: 'Browsers ask for a certificate as well.',
    'zh-CN': '浏览器访问时也会要求选择证书。',
  },
  proof: CHECK,
  rules: ['client-certificate-required'],
}

export const atsHandshake: Cause = {
  text: {
    en: "What the server chooses is not allowed by Apple's App Transport Security: TLS below 1.2, or a suite without forward secrecy.",
    'zh-CN': '服务器选用的版本或套件不符合苹果 ATS：低于 TLS 1.2，或套件不具备前向保密。',
  },
  tells: {
    en: 'On iPhones uploads fail while requests work.',
    'zh-CN': 'iPhone 上传失败而普通请求正常。',
  },
  proof: 'mpcert check HOST --platforms ios',
  rules: ['ats-tls-version', 'ats-cipher-not-allowed'],
}
