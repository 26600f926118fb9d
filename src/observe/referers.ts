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

/** Of the revision of 2026-02 the English page names the first, the Chinese page the second. */
const HOSTS: Readonly<Record<string, readonly string[]>> = {
  'tcsas-2026-02': ['servicewechat.com', 'appservice.wx.com'],
}
const USUAL_HOSTS = ['servicewechat.com']

/** The release first, as users have it; none last. */
export function referersFor({ appid, version }: MiniProgram, ruleSet: string): readonly Referer[] {
  const hosts = HOSTS[ruleSet] ?? USUAL_HOSTS
  const form = (as: RefererKind, host: string | undefined, named: string): Referer => ({
    as,
    referer: `https://${host}/${appid}/${named}/page-frame.html`,
  })
  return [
    ...hosts.map(host => form('release', host, version)),
    form('trial', hosts[0], '0'),
    form('devtools', hosts[0], 'devtools'),
    { as: 'none', referer: null },
  ]
}
