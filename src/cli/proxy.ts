/** The proxy of each target: the one of `--proxy`, or the one that the environment names, which is said once. */
import type { ProxyServer } from '../connect/proxy.ts'
import { formatProxy } from '../connect/proxy.ts'
import { proxyFromEnvironment } from '../connect/proxy-environment.ts'
import type { Target } from '../connect/target.ts'
import type { Invocation } from './invocation.ts'

/** One for each target, in their order; undefined where the way is straight. @throws UsageError */
export function proxiesFor(
  targets: readonly Target[],
  { flags, host, hint }: Invocation,
): readonly (ProxyServer | undefined)[] {
  const given = flags.value<ProxyServer | null>('proxy')
  if (given !== undefined) return targets.map(() => given ?? undefined)
  const found = targets.map(target => proxyFromEnvironment(host.env, target))
  const used = found.find(named => named !== null)
  if (used) {
    const proxy = formatProxy(used.proxy)
    hint({
      en: `connecting through ${proxy} (${used.name}); --proxy '' connects directly`,
      'zh-CN': `通过代理 ${proxy} 连接（${used.name}）；--proxy '' 可直接连接`,
    })
  }
  return found.map(named => named?.proxy)
}
