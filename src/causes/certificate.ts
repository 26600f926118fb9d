/** What a client has against a certificate itself. */
import type { Cause } from '../dialect.ts'

export const weakKey: Cause = {
  text: {
    en: 'The key is too small: iOS wants RSA 2048 or EC 256 bits.',
    'zh-CN': '密钥太短：iOS 要求 RSA 2048 位或 EC 256 位以上。',
  },
  tells: { en: 'Android may work.', 'zh-CN': 'Android 可能正常。' },
  proof: 'mpcert show HOST',
  rules: ['ats-key-too-small'],
}

export const weakSignature: Cause = {
  text: {
    en: 'A certificate of the chain is signed with SHA-1 or older.',
    'zh-CN': '证书链中有证书使用 SHA-1 或更老的算法签名。',
  },
  tells: {
    en: 'An old certificate, or an old intermediate that the server still sends.',
    'zh-CN': '多为很老的证书，或服务器仍在发送的旧中间证书。',
  },
  proof: 'mpcert show HOST',
  rules: ['cert-weak-signature', 'ats-weak-signature'],
}

export const lifetime: Cause = {
  text: {
    en: 'The certificate is valid for too long: more than 398 days (825 for an own CA).',
    'zh-CN': '证书有效期过长：超过 398 天（自建 CA 为 825 天）。',
  },
  tells: {
    en: 'A certificate of an own CA, or one of several years.',
    'zh-CN': '多为自建 CA 签发的、有效期数年的证书。',
  },
  proof: 'mpcert show HOST',
  rules: ['cert-lifetime-too-long'],
}

export const purpose: Cause = {
  text: {
    en: 'The certificate is not made for TLS servers: no serverAuth, or limits of its CA.',
    'zh-CN': '证书不能用作服务器证书：缺少 serverAuth 用途，或超出 CA 的签发限制。',
  },
  tells: { en: 'A certificate of an own CA.', 'zh-CN': '多为自建 CA 签发的证书。' },
  proof: 'mpcert show HOST',
  rules: ['cert-eku-missing', 'chain-constraint-violated', 'chain-too-complex'],
}

export const damaged: Cause = {
  text: {
    en: 'A certificate cannot be read, or its signature does not verify: files of two certificates are mixed.',
    'zh-CN': '证书无法解析，或签名验证不通过：多为混用了两套证书文件。',
  },
  tells: { en: 'Everybody fails.', 'zh-CN': '所有客户端都失败。' },
  proof: 'mpcert show HOST',
  rules: ['cert-malformed', 'cert-signature-bad'],
}

export const transparency: Cause = {
  text: {
    en: 'The certificate brings too few certificate timestamps (SCTs).',
    'zh-CN': '证书附带的证书透明度时间戳（SCT）不足。',
  },
  tells: {
    en: 'iPhone uploads fail; Android works.',
    'zh-CN': 'iPhone 上传失败，Android 正常。',
  },
  proof: 'mpcert show HOST',
  rules: ['ct-missing'],
}
