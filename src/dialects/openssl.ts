/** OpenSSL, and what shows its words: openssl s_client, curl, Node.js tools and servers' logs. */
import { nothingCommon, plainPort, tlsTooOld } from '../causes/handshake.ts'
import { captureProxy } from '../causes/phone.ts'
import {
  chainIncomplete,
  expired,
  intermediateExpired,
  nodeDiffers,
  rootMissing,
  selfSigned,
  wrongName,
} from '../causes/trust.ts'
import type { Dialect } from '../dialect.ts'

const dialect: Dialect = {
  title: { en: 'OpenSSL, curl or Node.js', 'zh-CN': 'OpenSSL、curl 或 Node.js' },
  rank: 2,
  messages: [
    {
      title: {
        en: 'unable to verify the first certificate (20, 21): no issuer is sent, and none is known',
        'zh-CN': 'unable to verify the first certificate（20、21）：没有发送颁发者证书，本机也没有',
      },
      patterns: [
        /unable to (?:verify the first|get (?:local )?issuer) cert/i,
        /UNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT)/,
        /verify (?:error|return code):? ?(?:num ?= ?)?2[01]\b/i,
      ],
      causes: [chainIncomplete, rootMissing, captureProxy],
    },
    {
      title: {
        en: 'self-signed certificate (18, 19)',
        'zh-CN': 'self-signed certificate（18、19）：自签名证书',
      },
      patterns: [
        /self[- ]?signed certificate/i,
        /(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)/,
        /verify (?:error|return code):? ?(?:num ?= ?)?1[89]\b/i,
      ],
      causes: [selfSigned, rootMissing, captureProxy],
    },
    {
      title: {
        en: 'certificate has expired (10)',
        'zh-CN': 'certificate has expired（10）：证书已过期',
      },
      patterns: [
        /certificate (?:has|is) (?:expired|not yet valid)|CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/i,
        /verify (?:error|return code):? ?(?:num ?= ?)?(?:9|10)\b/i,
      ],
      causes: [expired, intermediateExpired, nodeDiffers],
    },
    {
      title: {
        en: 'no alternative name matches: the certificate is for another name',
        'zh-CN': '没有匹配的备用名称：证书域名不匹配',
      },
      patterns: [
        /ERR_TLS_CERT_ALTNAME_INVALID|does not match certificate's altnames/i,
        /no alternative certificate subject name matches|hostname mismatch/i,
      ],
      causes: [wrongName],
    },
    {
      title: {
        en: 'no protocols or ciphers in common, or no TLS at all',
        'zh-CN': '没有共同的协议版本或套件，或对方不是 TLS',
      },
      patterns: [
        /unsupported protocol|no shared cipher|sslv3 alert handshake failure|wrong version number/i,
        /alert number (?:40|70)\b/i,
      ],
      causes: [plainPort, tlsTooOld, nothingCommon],
    },
  ],
  recognise: text =>
    /\berror:[0-9A-F]{8}:|\bSSL routines\b|\bcurl: \(\d+\)/i.test(text)
      ? { en: 'an error of OpenSSL', 'zh-CN': 'OpenSSL 错误' }
      : null,
  sources: ['https://docs.openssl.org/master/man3/X509_STORE_CTX_get_error/'],
}

export default dialect
