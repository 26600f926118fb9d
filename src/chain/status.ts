/** What is known of the revocation of one certificate, and the words for what could not be found out. */
import type { FetchFailure } from '../connect/fetch.ts'
import { same, type Text } from '../text.ts'

export type Status =
  | { readonly state: 'good' }
  | {
      readonly state: 'revoked'
      /** Milliseconds since the epoch. */
      readonly revokedAt: number
      /** CRLReason by its name in RFC 5280 §5.3.1. */
      readonly reason: string
    }
  | { readonly state: 'unknown'; readonly trouble: Trouble }

/** Why somebody's word on a certificate does not count, or could not be had. */
export interface Trouble {
  readonly code: TroubleCode
  readonly detail: Text
}

export type TroubleCode = keyof typeof WORDS

export function unknown(code: TroubleCode, detail: Text | string = ''): Status {
  return {
    state: 'unknown',
    trouble: { code, detail: typeof detail === 'string' ? same(detail) : detail },
  }
}

export function revoked(revokedAt: number, reason: number | null): Status {
  return { state: 'revoked', revokedAt, reason: REASONS[reason ?? 0] ?? 'unspecified' }
}

/** A clause, to stand behind a colon. */
export function troubleText({ code, detail }: Trouble): Text {
  const [en, zh] = WORDS[code]
  return {
    en: en.replace('{}', () => detail.en),
    'zh-CN': zh.replace('{}', () => detail['zh-CN']),
  }
}

/** How far clocks may be apart: a response or list may be so much too young or too old. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000

/** CRLReason (RFC 5280 §5.3.1). */
const REASONS: Readonly<Record<number, string>> = {
  1: 'keyCompromise',
  2: 'cACompromise',
  3: 'affiliationChanged',
  4: 'superseded',
  5: 'cessationOfOperation',
  6: 'certificateHold',
  9: 'privilegeWithdrawn',
  10: 'aACompromise',
}

const WORDS = {
  'switched-off': ['not asked', '未查询'],
  'bad-url': ['no http or https address', '不是 http 或 https 地址'],
  'private-address': ['at a private address ({})', '位于内网地址（{}）'],
  unreachable: ['cannot be reached ({})', '无法连接（{}）'],
  timeout: ['did not answer in time', '未及时应答'],
  status: ['answers with HTTP {}', '返回 HTTP {}'],
  redirects: ['redirects too often', '重定向次数过多'],
  'too-large': ['the answer is too large ({} bytes)', '应答过大（{} 字节）'],

  'ocsp-unreadable': ['the OCSP response cannot be read ({})', '无法解析 OCSP 响应（{}）'],
  'ocsp-error': ['the OCSP responder answers {}', 'OCSP 服务器返回 {}'],
  'ocsp-other': ['the OCSP response is about another certificate', 'OCSP 响应针对另一张证书'],
  'ocsp-signer': [
    'whoever signed the OCSP response may not speak for the issuer',
    'OCSP 响应的签名者无权代表颁发者',
  ],
  'ocsp-signature': [
    'the signature of the OCSP response does not verify',
    'OCSP 响应的签名验证失败',
  ],
  'ocsp-algorithm': [
    'the signature of the OCSP response cannot be checked ({})',
    '无法校验 OCSP 响应的签名（{}）',
  ],
  'ocsp-critical': [
    'the OCSP response has an unknown critical extension ({})',
    'OCSP 响应含有未知的关键扩展（{}）',
  ],
  'ocsp-early': ['the OCSP response is valid only from {}', 'OCSP 响应自 {} 起才有效'],
  'ocsp-late': ['the OCSP response ended at {}', 'OCSP 响应已于 {} 失效'],
  'ocsp-nonce': [
    'the OCSP response answers another request (its nonce differs)',
    'OCSP 响应对应另一次请求（nonce 不一致）',
  ],
  'ocsp-unknown': ['the OCSP responder does not know the certificate', 'OCSP 服务器不认识该证书'],

  'crl-unreadable': ['the CRL cannot be read ({})', '无法解析吊销列表（{}）'],
  'crl-other': ["the CRL is not the issuer's", '吊销列表不属于该证书的颁发者'],
  'crl-unusable': ['the CRL is of no use ({})', '吊销列表不可用（{}）'],
} as const satisfies Readonly<
  Record<FetchFailure | `${'ocsp' | 'crl'}-${string}`, readonly [string, string]>
>
