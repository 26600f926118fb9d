/** Reference: a Cronet with a post-quantum key share, as newer Chromium would make it. */

import chromium156 from '../hellos/chromium-156.ts'
import type { Platform } from '../platform.ts'
import android17 from './android-17.ts'

const platform: Platform = {
  ...android17,
  id: 'cronet-pq',
  title: { en: 'Post-quantum Cronet', 'zh-CN': '后量子 Cronet' },
  tier: 'unproven',
  stacks: android17.stacks
    .filter(stack => stack.name === 'Cronet')
    .map(stack => ({
      ...stack,
      hello: chromium156,
      borrowed: {
        why: {
          en: 'No Cronet of WeChat with a post-quantum key share was ever seen; Chromium 156 shows what a new one would send.',
          'zh-CN': '未见过带后量子密钥的微信 Cronet；Chromium 156 代表新版会发送的内容。',
        },
      },
    })),
  sources: [
    ...android17.sources,
    'https://chromium.googlesource.com/chromium/src/+/main/components/cronet/README.md (no Cronet for iOS after M107)',
  ],
  notes: [
    {
      en: 'Android alone: Chromium gave Cronet for iOS up before post-quantum key shares came.',
      'zh-CN': '仅限 Android：Chromium 在支持后量子密钥之前已停止 iOS 版 Cronet。',
    },
  ],
}

export default platform
