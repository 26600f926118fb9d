/** The Referer that a Mini Program sends and nobody can change, by the revision of the platform's document. */
import type { RefererKind } from '../observation/web.ts'

export interface MiniProgram {
  readonly appid: string
  /** Of the release, such as `12`. */
  readonly version: string
}

export interface Referer {
  readonly as: RefererKind
  readonly referer: string | null
}

/** Nobody's appid: for servers that admit every Mini Program. */
export const ANY_MINI_PROGRAM: MiniProgram = { appid: 'wx0000000000000000', version: '1' }

const USUAL_HOST = 'servicewechat.com'
/** The Chinese page of the revision of 2026-02 names another one. */
const OTHER_HOSTS: Readonly<Record<string, readonly string[]>> = {
  'tcsas-2026-02': ['appservice.wx.com'],
}

/** The release first, as users have it; none last. */
export function referersFor(
  { appid, version }: MiniProgram,
  ruleSet: string,
): readonly [Referer, ...Referer[]] {
  const form = (as: RefererKind, named: string, host = USUAL_HOST): Referer => ({
    as,
    referer: `https://${host}/${appid}/${named}/page-frame.html`,
  })
  const others = OTHER_HOSTS[ruleSet] ?? []
  return [
    form('release', version),
    ...others.map(host => form('release', version, host)),
    form('trial', '0'),
    form('devtools', 'devtools'),
    { as: 'none', referer: null },
  ]
}
