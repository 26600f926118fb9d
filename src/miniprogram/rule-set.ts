/** The revisions of the platform document that disagree, as data. */
import type { Text } from '../text.ts'

export const RULE_SET_IDS = ['tcsas-2024-11', 'tcsas-2026-02', 'weixin'] as const
export type RuleSetId = (typeof RULE_SET_IDS)[number]

export const DEFAULT_RULE_SET: RuleSetId = 'tcsas-2024-11'

export interface RuleSet {
  readonly id: RuleSetId
  readonly title: Text
  readonly source: string
  /** A listed port is the only one that works, or none may be listed and a URL may use any. */
  readonly httpsPort: 'exact' | 'any'
  readonly wssPort: 'exact' | 'any'
  /** Domains must have an ICP filing, which no program can look up. */
  readonly icp: boolean
  /** Hosts that may not be listed. */
  readonly refused: readonly string[]
}

export const ruleSets: Readonly<Record<RuleSetId, RuleSet>> = {
  'tcsas-2024-11': {
    id: 'tcsas-2024-11',
    title: { en: 'Tencent Cloud, 2024-11', 'zh-CN': '腾讯云 2024-11 版' },
    source: 'https://www.tencentcloud.com/document/product/1219/61745 (2024-11-21)',
    httpsPort: 'exact',
    wssPort: 'exact',
    icp: false,
    refused: [],
  },
  'tcsas-2026-02': {
    id: 'tcsas-2026-02',
    title: { en: 'Tencent Cloud, 2026-02', 'zh-CN': '腾讯云 2026-02 版' },
    source: 'https://www.tencentcloud.com/document/product/1219/61745 (2026-02)',
    httpsPort: 'any',
    wssPort: 'any',
    icp: false,
    refused: [],
  },
  weixin: {
    id: 'weixin',
    title: { en: 'WeChat', 'zh-CN': '微信官方文档' },
    source: 'https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html',
    httpsPort: 'exact',
    wssPort: 'any',
    icp: true,
    refused: ['api.weixin.qq.com'],
  },
}
