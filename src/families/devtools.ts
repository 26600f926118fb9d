/** What the WeChat DevTools share in every variant: NW.js on Windows and on macOS, both of which must accept. */
import type { Hello } from '../hello.ts'
import type { Platform, Stack, Tier } from '../platform.ts'
import { APIS } from '../platform.ts'
import type { Text } from '../text.ts'
import { chromiumLimits, chromiumSources, withChromium } from './chromium.ts'
import { chromiumCt } from './ct.ts'
import { applePolicy } from './ios.ts'

export interface DevtoolsVariant {
  readonly id: string
  readonly title: Text
  readonly tier: Tier
  readonly hello: Hello
  readonly borrowed: Stack['borrowed']
  readonly notes: readonly Text[]
}

export function devtools({ id, title, tier, hello, borrowed, notes }: DevtoolsVariant): Platform {
  return {
    id,
    family: 'devtools',
    title,
    since: '1.03',
    tier,
    stores: [
      { name: 'microsoft', version: '2026-07-19' },
      { name: 'apple', version: '26.0' },
    ],
    stacks: [
      {
        apis: APIS,
        name: 'NW.js',
        hello,
        borrowed,
        ats: null,
        // Chromium before 105 lets the system verify: macOS is the stricter of the two.
        policy: withChromium(applePolicy('26.0')),
        limits: chromiumLimits(92),
        ct: chromiumCt,
        fetchesIssuers: 'yes',
      },
    ],
    sources: [...devtoolsSources, ...chromiumSources],
    notes,
  }
}

const devtoolsSources: readonly string[] = [
  'github.com/cytle/wechat_web_devtools README, github.com/msojocs/wechat-web-devtools-linux@19b7b39 (DevTools is NW.js)',
  'https://chromium.googlesource.com/chromium/src/+/main/net/data/ssl/chrome_root_store/faq.md (own verifier from 105)',
  'https://github.com/curl/curl/issues/2793 (Chrome completes chains)',
  'https://support.apple.com/en-us/103769, https://support.apple.com/en-us/102028 (macOS)',
]
