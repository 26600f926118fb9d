/** Whether a Mini Program may talk to a URL, and whether an entry may stand in its list. Pure. */
import { hostKind } from './host-kind.ts'
import { type DomainList, type Entry, LIST_NAMES, type ListName, SCHEMES } from './list.ts'
import type { NetUrl } from './net-url.ts'
import type { RuleSet } from './rule-set.ts'

/** The rules that refuse a URL, or remark on it. */
export type UrlFault =
  | 'url-loopback'
  | 'url-lan-ip'
  | 'scheme-not-https'
  | 'scheme-not-wss'
  | 'scheme-api-mismatch'
  | 'domain-not-listed'
  | 'domain-listed-for-other-api'
  | 'port-mismatch'
  | 'port-explicit-default'
  | 'port-not-configured'

export type EntryFault =
  | 'domain-is-ip'
  | 'domain-is-localhost'
  | 'scheme-not-https'
  | 'scheme-not-wss'
  | 'scheme-api-mismatch'
  | 'port-mismatch'
  | 'api-weixin-listed'

export interface UrlVerdict {
  /** Null where the list that decides is not known. */
  readonly allowed: boolean | null
  readonly fault: UrlFault | null
  /** The entry that allows it, or is nearest to it. */
  readonly entry: Entry | null
  /** Other lists that hold the host. */
  readonly elsewhere: readonly ListName[]
}

export function judgeUrl(
  url: NetUrl,
  list: ListName,
  domains: DomainList,
  ruleSet: RuleSet,
): UrlVerdict {
  if (url.kind === 'loopback') return refused('url-loopback')
  if (url.kind === 'lan') return { ...refused('url-lan-ip'), allowed: true }
  const scheme = schemeFault(url.scheme, list)
  if (scheme) return refused(scheme)
  const entries = domains[list]
  if (!entries) return { allowed: null, fault: null, entry: null, elsewhere: [] }
  const own = entries.filter(({ host }) => host === url.host)
  if (own.length > 0) return judgePort(url, own, portRule(list, ruleSet))
  const elsewhere = LIST_NAMES.filter(name => domains[name]?.some(({ host }) => host === url.host))
  return {
    ...refused(elsewhere.length > 0 ? 'domain-listed-for-other-api' : 'domain-not-listed'),
    elsewhere,
  }
}

/** A URL of which nobody knows what uses it: refused only where no list could allow it. */
export function judgeMention(url: NetUrl, domains: DomainList, ruleSet: RuleSet): UrlVerdict {
  const candidates = LIST_NAMES.filter(name => SCHEMES[name] === SECURE[url.scheme])
  const known = candidates.filter(name => domains[name])
  const [first = 'request'] = known.length > 0 ? known : candidates
  const verdict = judgeUrl(url, first, domains, ruleSet)
  const isListed = verdict.elsewhere.length > 0 || verdict.entry !== null
  return isListed ? { allowed: true, fault: null, entry: null, elsewhere: [] } : verdict
}

const SECURE: Readonly<Record<string, string>> = {
  http: 'https',
  https: 'https',
  ws: 'wss',
  wss: 'wss',
  tcp: 'tcp',
  udp: 'udp',
}

export function judgeEntry(
  { host, scheme, port, list }: Entry,
  ruleSet: RuleSet,
): readonly EntryFault[] {
  const faults: (EntryFault | null)[] = [schemeFault(scheme, list)]
  const kind = hostKind(host)
  if (kind === 'loopback') faults.push('domain-is-localhost')
  else if (kind !== 'name') faults.push('domain-is-ip')
  if (port !== null && SCHEMES[list] === 'https' && ruleSet.httpsPort === 'any')
    faults.push('port-mismatch')
  if (ruleSet.refused.includes(host)) faults.push('api-weixin-listed')
  return faults.filter(fault => fault !== null)
}

function schemeFault(
  scheme: string,
  list: ListName,
): 'scheme-not-https' | 'scheme-not-wss' | 'scheme-api-mismatch' | null {
  const wanted = SCHEMES[list]
  if (scheme === wanted) return null
  if ([scheme, wanted].some(name => name === 'tcp' || name === 'udp')) return 'scheme-api-mismatch'
  return wanted === 'wss' ? 'scheme-not-wss' : 'scheme-not-https'
}

/** For tcp and udp the document names no port: an entry without one is taken to cover each. */
function portRule(list: ListName, { httpsPort, wssPort }: RuleSet): 'exact' | 'any' | 'if-listed' {
  if (list === 'tcp' || list === 'udp') return 'if-listed'
  return list === 'socket' ? wssPort : httpsPort
}

function judgePort(
  { port }: NetUrl,
  entries: readonly Entry[],
  rule: 'exact' | 'any' | 'if-listed',
): UrlVerdict {
  const entry =
    entries.find(one => one.port === port) ??
    (rule === 'exact' ? null : entries.find(one => rule === 'any' || one.port === null))
  if (entry) return { allowed: true, fault: null, entry, elsewhere: [] }
  const bare = entries.find(one => one.port === null)
  const nearest = bare ?? entries[0] ?? null
  if (!bare) return { ...refused('port-mismatch'), entry: nearest }
  return {
    ...refused(port === 443 ? 'port-explicit-default' : 'port-not-configured'),
    entry: nearest,
  }
}

function refused(fault: UrlFault): UrlVerdict {
  return { allowed: false, fault, entry: null, elsewhere: [] }
}
