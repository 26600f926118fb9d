/** Chrome and Edge on a desktop: Chromium's network stack, with its own verifier or with the system's. */
import type { Hello } from '../hello.ts'
import type { Platform, Stack } from '../platform.ts'
import { type Policy, WEBPKI } from '../policy.ts'
import type { Text } from '../text.ts'
import { chromiumLimits, chromiumSources, withChromium } from './chromium.ts'
import { chromeCt } from './ct.ts'
import { reference } from './reference.ts'
import { windowsPolicy } from './schannel.ts'

export interface BrowserRelease {
  readonly id: string
  readonly title: string
  /** Version of Chromium. */
  readonly major: number
  readonly hello: Hello
  readonly borrowed?: Stack['borrowed']
  readonly notes?: readonly Text[]
}

/** Trusts Chrome's own roots since 105, those of Windows before. */
export function chrome(release: BrowserRelease): Platform {
  const own = release.major >= FIRST_WITH_OWN_ROOTS
  return browser(release, {
    store: own ? { name: 'chrome', version: '36' } : WINDOWS,
    policy: own ? chromePolicy : windowsPolicy,
    note: own ? ownRoots : windowsRoots,
  })
}

/** Edge verifies as Chrome does, over Microsoft's roots. */
export function edge(release: BrowserRelease): Platform {
  const policy = release.major >= FIRST_WITH_OWN_ROOTS ? chromePolicy : windowsPolicy
  return browser(release, { store: WINDOWS, policy, note: windowsRoots })
}

function browser(
  { id, title, major, hello, borrowed = null, notes = [] }: BrowserRelease,
  {
    store,
    policy,
    note,
  }: { readonly store: Platform['stores'][0]; readonly policy: Policy; readonly note: Text },
): Platform {
  return reference({
    id,
    title,
    since: String(major),
    store,
    name: 'Chromium',
    hello,
    borrowed,
    limits: chromiumLimits(major),
    policy: withChromium(policy),
    ct: chromeCt(major),
    fetchesIssuers: 'yes',
    notes: [note, ...notes],
    sources: browserSources,
  })
}

const FIRST_WITH_OWN_ROOTS = 105

const WINDOWS = { name: 'microsoft', version: '2026-07-19' } as const

/** net/cert/cert_verify_proc_builtin.cc over bssl::pki. */
const chromePolicy: Policy = {
  ...WEBPKI,
  keys: {
    rsaMinBits: 1024,
    ecMinBits: 256,
    algorithms: ['RSA', 'P-256', 'P-384', 'P-521'],
    anchor: false,
  },
  leafEku: 'if-present',
  anyEku: 'accepted',
  lifetimes: [],
  profile: 'client',
}

const ownRoots: Text = {
  en: "The store is Chrome's own of today, whatever the release.",
  'zh-CN': '无论版本，均按 Chrome 自带的最新根证书库判定。',
}

const windowsRoots: Text = {
  en: 'The store is that of Windows of today.',
  'zh-CN': '按 Windows 的最新根证书库判定。',
}

const browserSources: readonly string[] = [
  ...chromiumSources,
  'https://chromium.googlesource.com/chromium/src/+/main/net/data/ssl/chrome_root_store/faq.md (own verifier from 105)',
  'https://googlechrome.github.io/CertificateTransparency/ct_policy.html',
]
