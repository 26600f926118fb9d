/** From flags to what a check needs: the world, the scope, the way to connect. */
import type { CheckOptions } from '../check.ts'
import { Names } from '../connect/dns.ts'
import { createFetcher, type Fetcher, offline } from '../connect/fetch.ts'
import { openFetchCache } from '../connect/fetch-cache.ts'
import { parseTarget } from '../connect/target.ts'
import { UsageError } from '../errors.ts'
import type { Threshold, Thresholds } from '../facts/facts.ts'
import { DEFAULT_THRESHOLDS } from '../facts/thresholds.ts'
import type { JudgeOptions } from '../judge/judge.ts'
import { APIS, type Api, FAMILIES, OWN_CLIENT, platformFor, TIERS } from '../platform.ts'
import type { StarttlsId } from '../starttls/index.ts'
import { onlyAnchors, withAnchors } from '../stores/derive.ts'
import { createWorld, type World } from '../world.ts'
import { readCertificates } from '../x509/container.ts'
import { loadImports } from './data-folder.ts'
import { foldersOf } from './folders.ts'
import type { Flags, Invocation } from './invocation.ts'
import { naming } from './key-files.ts'
import { readInput } from './read-input.ts'

type Surroundings = Pick<Invocation, 'flags' | 'host'>

/** Reads the user's imports, `--at`, `--cacert` and `--only-cacert`; `now` is judged where nothing else is said. */
export async function worldFrom({ flags, host }: Surroundings, now = Date.now()): Promise<World> {
  const imports = await loadImports(foldersOf(host))
  const world = createWorld(flags.value<number>('at') ?? now, imports)
  const files = flags.list('cacert')
  if (files.length === 0) {
    if (!flags.has('onlyCacert')) return world
    throw new UsageError({
      en: '--only-cacert needs --cacert',
      'zh-CN': '--only-cacert 需要同时给出 --cacert',
    })
  }
  const anchors = (await Promise.all(files.map(readCertificateFile))).flat()
  const derive = flags.has('onlyCacert') ? onlyAnchors : withAnchors
  return { ...world, stores: derive(world.stores, anchors) }
}

/** Reads `--platforms`, `--api` and the thresholds. */
export function judgeOptionsFrom(flags: Flags, world: World): JudgeOptions {
  const listed = platformsFrom(flags.list('platforms'), world)
  const brought = world.platforms.flatMap(({ id }) => (id === OWN_CLIENT ? [id] : []))
  const named = [...new Set([...listed, ...brought])]
  // What is brought stands beside what would be judged without it.
  const standard = world.platforms.flatMap(({ id, tier }) => (tier === 'reference' ? [] : [id]))
  const platforms = listed.length > 0 ? named : [...standard, ...named]
  return {
    ...(named.length > 0 ? { platforms, named } : {}),
    ...(flags.list('api').length > 0 ? { apis: apisFrom(flags.list('api')) } : {}),
    thresholds: thresholdsFrom(flags),
  }
}

type ConnectOptions = Omit<CheckOptions, keyof JudgeOptions> & { readonly fetcher: Fetcher }

export function connectOptionsFrom({ flags, host }: Surroundings): ConnectOptions {
  const { cache: folder } = foldersOf(host)
  const connectTo = flags.text('connectTo')
  const overrides = flags.list<readonly [string, readonly string[]]>('resolve')
  if (flags.has('4') && flags.has('6'))
    throw new UsageError({ en: '-4 and -6 exclude each other', 'zh-CN': '-4 与 -6 不能同时使用' })
  if (flags.has('revocation') && flags.negated('fetch'))
    throw new UsageError({
      en: '--revocation and --no-fetch exclude each other',
      'zh-CN': '--revocation 与 --no-fetch 不能同时使用',
    })
  return {
    servername: flags.negated('servername') ? null : flags.text('servername'),
    verifyName: flags.text('verifyHostname'),
    timeoutMs: flags.value<number>('timeout'),
    family: flags.has('4') ? 4 : flags.has('6') ? 6 : undefined,
    resolveTo: new Map(overrides),
    names: new Names(),
    connectTo: connectTo === undefined ? undefined : parseTarget(connectTo),
    allAddresses: flags.has('allAddresses'),
    maxConnections: flags.value<number>('maxConnections'),
    rate: flags.value<number>('rate'),
    starttls: flags.value<StarttlsId>('starttls'),
    revocation: flags.has('revocation'),
    fetcher: flags.negated('fetch')
      ? offline
      : createFetcher({
          allowPrivate: flags.has('allowPrivateFetch'),
          cache: folder === null ? undefined : openFetchCache({ folder }),
        }),
  }
}

export async function readCertificateFile(path: string): Promise<readonly Uint8Array[]> {
  const bytes = await readInput(path)
  const certificates = await naming(path, () => readCertificates(bytes))
  if (certificates.length > 0) return certificates
  throw new UsageError({
    en: `${path} holds no certificate`,
    'zh-CN': `${path} 中没有证书`,
  })
}

/** Ids, families, tiers and `all`; a release without a platform of its own stands for the one in force. */
function platformsFrom(names: readonly string[], world: World): readonly string[] {
  const { platforms } = world
  const all = [...platforms, ...world.references]
  const chosen = names.flatMap(name => {
    if (name === 'all') return all
    if (TIERS.some(tier => tier === name)) return all.filter(({ tier }) => tier === name)
    if (FAMILIES.some(family => family === name))
      return platforms.filter(({ family }) => family === name)
    const found = platformFor(all, name)
    if (found) return [found]
    throw new UsageError({
      en: `--platforms ${name}: no such platform, family or tier (see mpcert platforms)`,
      'zh-CN': `--platforms ${name}：没有这样的平台、系统或层级（见 mpcert platforms）`,
    })
  })
  return [...new Set(chosen.map(({ id }) => id))]
}

function apisFrom(names: readonly string[]): readonly Api[] {
  for (const name of names)
    if (!APIS.some(api => api === name))
      throw new UsageError({
        en: `--api ${name}: choose from ${APIS.join(', ')}`,
        'zh-CN': `--api ${name}：可选值为 ${APIS.join('、')}`,
      })
  return APIS.filter(api => names.includes(api))
}

function thresholdsFrom(flags: Flags): Thresholds {
  const own = (name: 'warning' | 'critical', standard: readonly Threshold[]) => {
    const value = flags.value<Threshold>(name)
    return value ? [value] : standard
  }
  return {
    warning: own('warning', DEFAULT_THRESHOLDS.warning),
    critical: own('critical', DEFAULT_THRESHOLDS.critical),
  }
}
