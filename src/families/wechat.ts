/** Which TLS stack of a phone serves which API of a Mini Program, and what stands in for stacks nobody has captured. */
import chrome101 from '../hellos/chrome-101.ts'
import openssl111 from '../hellos/openssl-1.1.1d.ts'
import type { Stack } from '../platform.ts'
import type { Text } from '../text.ts'
import { boringsslLimits } from './chromium.ts'
import { opensslLimits } from './openssl.ts'

type Judgement = Pick<Stack, 'policy' | 'ct' | 'fetchesIssuers'>

export const wechatSources: readonly string[] = [
  'https://developers.weixin.qq.com/minigame/dev/guide/performance/perf-network.html (which stack serves which API)',
]

/** wx.request since client 7.0.10 on Android and 8.0.3 on iOS, wx.downloadFile since 7.0.12 and 8.0.3. */
export function cronet(judgement: Judgement): Stack {
  return {
    apis: ['request', 'download'],
    name: 'Cronet',
    hello: chrome101,
    borrowed: { why: cronetWhy },
    ats: null,
    limits: boringsslLimits,
    ...judgement,
  }
}

/** wx.connectSocket since client 7.0.4 on Android and 7.0.20 on iOS. */
export function wcwss(judgement: Judgement): Stack {
  return {
    apis: ['socket'],
    name: 'wcwss',
    hello: openssl111,
    borrowed: { why: wcwssWhy },
    ats: null,
    // The level of OpenSSL as published: what WeChat's build sets is not known.
    limits: opensslLimits('1.1.1', 1),
    ...judgement,
  }
}

const cronetWhy: Text = {
  en: 'WeChat carries a Cronet of its own, whose version is not published; Chrome 101 has the same network stack.',
  'zh-CN': '微信自带 Cronet，版本未公开；Chrome 101 使用同一套网络栈。',
}

const wcwssWhy: Text = {
  en: "WeChat's component wcwss loads libssl, whose kind and version are not published; OpenSSL 1.1.1 stands in.",
  'zh-CN': '微信的 wcwss 组件加载 libssl，其种类与版本未公开；以 OpenSSL 1.1.1 代替。',
}
