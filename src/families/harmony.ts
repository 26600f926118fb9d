/** What all releases of HarmonyOS NEXT share: the roots of OpenHarmony, and stacks that nobody has captured. */
import openssl111 from '../hellos/openssl-1.1.1d.ts'
import { APIS, type Platform } from '../platform.ts'
import type { Policy } from '../policy.ts'
import { same, type Text } from '../text.ts'
import { opensslLimits } from './openssl.ts'

export interface HarmonyRelease {
  /** First version it stands for; the store is that version's. */
  readonly since: string
  /** What changed in this release, and what is not certain. */
  readonly notes: readonly Text[]
}

export function harmony({ since, notes }: HarmonyRelease): Platform {
  return {
    id: `harmony-${since}`,
    family: 'harmony',
    title: same(`HarmonyOS ${since}`),
    since,
    tier: 'unproven',
    stores: [{ name: 'openharmony', version: since }],
    stacks: [
      {
        apis: APIS,
        name: '?',
        hello: openssl111,
        borrowed: { why },
        ats: null,
        policy,
        // As published: what the system sets is not known.
        limits: opensslLimits('1.1.1', 1),
        ct: null,
        fetchesIssuers: 'no',
      },
    ],
    sources: [
      'https://gitee.com/openharmony/security_certificate_manager config/systemCertificates',
      'https://gitee.com/openharmony/communication_netstack (HTTP is libcurl with OpenSSL)',
      'https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html (HarmonyOS is supported)',
    ],
    notes: [...notes, storeNote],
  }
}

/** What RFC 5280 asks of everybody, as OpenSSL does it: no rule of this system is documented. */
const policy: Policy = {
  anchorExpiry: 'checked',
  sha1: 'accepted',
  keys: {
    rsaMinBits: 1024,
    ecMinBits: 160,
    algorithms: ['RSA', 'RSA-PSS', 'P-256', 'P-384', 'P-521', 'Ed25519', 'Ed448'],
    anchor: false,
  },
  leafEku: 'if-present',
  anyEku: 'accepted',
  intermediateEku: 'checked',
  commonName: 'fallback',
  lifetimes: [],
  profile: 'client',
  maxDepth: 10,
}

const why: Text = {
  en: 'Which stacks WeChat uses on HarmonyOS is not published; the system has libcurl with OpenSSL, and OpenSSL 1.1.1 stands in.',
  'zh-CN': '微信在鸿蒙上使用的协议栈未公开；系统自带 libcurl 与 OpenSSL，以 OpenSSL 1.1.1 代替。',
}

const storeNote: Text = {
  en: 'The roots are those of OpenHarmony; the list of the commercial system is not published.',
  'zh-CN': '根证书以 OpenHarmony 开源列表为准；商用系统的列表未公开。',
}
