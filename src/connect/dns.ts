/** Host name to addresses, through the system's resolver: hosts files and VPNs count, as they do for every program. */
import { lookup } from 'node:dns/promises'
import { MpcertError, systemCode } from '../errors.ts'
import type { Text } from '../text.ts'
import { withDeadline } from './deadline.ts'
import { isIpLiteral } from './target.ts'

export interface Address {
  /** An IP address; a name where a proxy looks it up, and then it has no family. */
  readonly ip: string
  readonly family: 4 | 6 | null
}

export interface ResolveOptions {
  readonly timeoutMs: number
  /** Only addresses of this family. */
  readonly family?: 4 | 6 | undefined
  /** Answers instead of the resolver, by `host:port`: what `--resolve` sets. */
  readonly overrides?: ReadonlyMap<string, readonly string[]> | undefined
  /** What was answered before; without it the resolver is asked each time. */
  readonly names?: Names | undefined
}

export type Lookup = (host: string) => Promise<readonly { readonly address: string }[]>

interface Asked {
  readonly answer: ReturnType<Lookup>
  tookMs: number | null
}

/** The names of one run: each is asked once, also by those who ask at the same time. What failed is asked again. */
export class Names {
  private readonly lookup: Lookup
  private readonly asked = new Map<string, Asked>()

  constructor(lookup: Lookup = askSystem) {
    this.lookup = lookup
  }

  ask(host: string): ReturnType<Lookup> {
    const before = this.asked.get(host)
    if (before) return before.answer
    const begun = performance.now()
    const asked: Asked = { answer: this.lookup(host), tookMs: null }
    asked.answer.then(
      () => {
        asked.tookMs = performance.now() - begun
      },
      () => this.forget(host),
    )
    this.asked.set(host, asked)
    const [oldest] = this.asked.keys()
    if (this.asked.size > MOST_NAMES && oldest !== undefined) this.asked.delete(oldest)
    return asked.answer
  }

  forget(host: string): void {
    this.asked.delete(host)
  }

  /** What the one question cost, which later ones are spared; null where there is no answer. */
  tookMs(host: string): number | null {
    return this.asked.get(host)?.tookMs ?? null
  }
}

/** Some hundred bytes each. */
const MOST_NAMES = 10_000

/** Every A and AAAA, in the resolver's order, without repetition. @throws MpcertError ERR_DNS, ERR_TIMEOUT */
export async function resolve(
  host: string,
  port: number,
  options: ResolveOptions,
): Promise<readonly Address[]> {
  const fixed = options.overrides?.get(`${host}:${port}`) ?? (isIpLiteral(host) ? [host] : null)
  const found = fixed ? fixed.map(toAddress) : await ask(host, options)
  const unique = [...new Map(found.map(address => [address.ip, address])).values()]
  const wanted = unique.filter(({ family }) => !options.family || family === options.family)
  if (wanted.length > 0) return wanted
  const families = options.family ? `IPv${options.family}` : 'IPv4 / IPv6'
  throw new MpcertError(
    'ERR_DNS',
    { en: `${host} has no ${families} address`, 'zh-CN': `${host} 没有 ${families} 地址` },
    { phase: 'resolve' },
  )
}

/** `ip` is one. */
export function toAddress(ip: string): Address {
  return { ip, family: ip.includes(':') ? 6 : 4 }
}

const askSystem: Lookup = host => lookup(host, { all: true, order: 'verbatim' })

async function ask(host: string, { timeoutMs, names }: ResolveOptions): Promise<Address[]> {
  try {
    const answer = names ? names.ask(host) : askSystem(host)
    const found = await withDeadline(answer, timeoutMs, {
      phase: 'resolve',
      text: {
        en: `looking up ${host} took longer than ${timeoutMs / 1000} s`,
        'zh-CN': `解析 ${host} 超过 ${timeoutMs / 1000} 秒`,
      },
    })
    return found.map(({ address }) => toAddress(address))
  } catch (cause) {
    // Nobody else has to wait for what was too slow.
    names?.forget(host)
    if (cause instanceof MpcertError) throw cause
    throw new MpcertError('ERR_DNS', explain(host, systemCode(cause)), {
      phase: 'resolve',
      cause,
      ...(systemCode(cause) ? { system: systemCode(cause) as string } : {}),
    })
  }
}

function explain(host: string, code: string | null): Text {
  if (code === 'ENOTFOUND' || code === 'ENODATA')
    return { en: `the name ${host} does not exist`, 'zh-CN': `域名 ${host} 不存在` }
  if (code === 'EAI_AGAIN')
    return {
      en: `the name server gave no answer for ${host}`,
      'zh-CN': `DNS 服务器没有答复 ${host}`,
    }
  const why = code ?? '?'
  return { en: `${host} could not be looked up (${why})`, 'zh-CN': `无法解析 ${host}（${why}）` }
}
