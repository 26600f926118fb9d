import { beforeAll, describe, expect, it } from 'vitest'
import { hellos } from '../../src/hellos/index.ts'
import { APIS, FAMILIES, type Platform, platformFor } from '../../src/platform.ts'
import { platforms as registry } from '../../src/platforms/index.ts'
import { withReplicas } from '../../src/stores/derive.ts'
import { loadStores } from '../../src/stores/load.ts'
import type { Stores } from '../../src/stores/store.ts'
import type { Text } from '../../src/text.ts'
import { VERSIONS } from '../../src/wire/names.ts'
import { createWorld } from '../../src/world.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import { makeCa } from '../helpers/certs.ts'

const { platforms, references } = createWorld(0)
const stacks = platforms.flatMap(platform => platform.stacks.map(stack => ({ platform, stack })))

let stores: Stores
beforeAll(() => {
  stores = loadStores()
})

describe('the platforms', () => {
  it('stand in reports by family, then version, with what is unproven after its like', () => {
    expect(platforms.map(({ id }) => id)).toEqual([
      ...['ios-12.2', 'ios-13', 'ios-13.4', 'ios-14', 'ios-14.5', 'ios-14.6', 'ios-14.7'],
      ...[
        'ios-15.0',
        'ios-15.1',
        'ios-15.4',
        'ios-16',
        'ios-16.5',
        'ios-17',
        'ios-17.4',
        'ios-17.5',
      ],
      ...['ios-18', 'ios-18.2', 'ios-26'],
      ...['android-7.0', 'android-7.1.1', 'android-8.0', 'android-8.1', 'android-9', 'android-10'],
      ...[
        'android-11',
        'android-12',
        'android-13',
        'android-13-qpr3',
        'android-14',
        'android-14-r61',
      ],
      ...['android-15', 'android-16', 'android-16-r4', 'android-17', 'cronet-pq'],
      ...[
        'harmony-5.0',
        'harmony-5.0.3',
        'harmony-6.0',
        'harmony-6.0.0.2',
        'harmony-6.1',
        'harmony-7.0',
      ],
      ...['devtools', 'devtools-pq'],
    ])
  })

  it('have an id that says family and version', () => {
    for (const { id, family, since, tier } of platforms)
      if (tier !== 'unproven' && family !== 'devtools') expect(id).toBe(`${family}-${since}`)
  })

  it('serve every API once; a reference serves what it stands for', () => {
    for (const { id, stacks } of platforms) {
      const served = stacks.flatMap(({ apis }) => apis)
      expect(new Set(served).size).toBe(served.length)
      expect(served).toHaveLength(id === 'cronet-pq' ? 2 : APIS.length)
    }
  })

  it('ask for stores that are on file', () => {
    for (const platform of [...platforms, ...references])
      for (const { name, version } of platform.stores)
        expect(stores.versionFor(name, version), `${name} ${version}`).not.toBeNull()
    expect(registry.devtools.stores.map(({ name }) => name).sort()).toEqual(['apple', 'microsoft'])
  })

  it('differ from their predecessor in store, hello or policy', () => {
    for (const family of FAMILIES) {
      const released = platforms.filter(p => p.family === family && p.id === `${family}-${p.since}`)
      for (const [at, platform] of released.entries())
        if (at > 0) expect(substance(platform)).not.toEqual(substance(released[at - 1]!))
    }
  })

  it('cover every list of the phone stores since the oldest platform', () => {
    for (const [name, first] of [
      ['apple', '12.1.3'],
      ['android', '7.0'],
      ['openharmony', '5.0.0'],
    ] as const) {
      const { versions } = stores.tables.find(table => table.name === name)!
      const listed = versions.slice(versions.findIndex(({ version }) => version === first))
      const used = platforms
        .filter(platform => platform.stores.length === 1)
        .flatMap(platform => platform.stores)
        .filter(store => store.name === name)
        .map(({ version }) => stores.versionFor(name, version)?.version)
      expect([...new Set(used)]).toEqual(listed.map(({ version }) => version))
    }
  })

  it('have every text in both languages, and sources', () => {
    for (const platform of [...platforms, ...references]) {
      for (const text of texts(platform))
        for (const words of [text.en, text['zh-CN']]) expect(words.trim()).not.toBe('')
      expect(platform.sources.length).toBeGreaterThan(2)
      expect(platform.notes.length).toBeGreaterThan(0)
      for (const { ats, ct } of platform.stacks) {
        if (ats) expect(ats.sources).not.toEqual([])
        if (ct) expect(ct.sources).not.toEqual([])
      }
    }
  })

  it('have tiers as documented', () => {
    const inTier = (tier: string) => platforms.filter(p => p.tier === tier).map(({ id }) => id)
    expect(inTier('old')).toEqual([
      'ios-12.2',
      'ios-13',
      'ios-13.4',
      'android-7.0',
      'android-7.1.1',
    ])
    expect(inTier('unproven').filter(id => !id.startsWith('harmony-'))).toEqual([
      'cronet-pq',
      'devtools-pq',
    ])
    for (const { family, tier } of platforms)
      if (family === 'harmony') expect(tier).toBe('unproven')
  })
})

describe('the references', () => {
  it('stand apart: old phones, then programs by name and number', () => {
    expect(references.map(({ id }) => id)).toEqual([
      ...['ios-9', 'ios-9-ats', 'ios-10', 'ios-11', 'ios-12'],
      ...['android-4.4', 'android-5.0', 'android-6.0'],
      ...['chrome-62', 'chrome-70', 'chrome-79', 'chrome-87', 'chrome-96', 'chrome-101'],
      ...['chrome-120', 'chrome-137', 'chrome-156', 'curl', 'edge-101', 'edge-133'],
      ...['firefox-137', 'ie11-win10', 'java-8', 'java-8u161', 'java-11', 'java-17'],
      ...['java-17.0.15', 'openssl-1.1.1', 'openssl-3.0', 'openssl-3.5', 'openssl-4.0', 'python'],
    ])
  })

  it('serve every API with one stack', () => {
    for (const { stacks } of references) expect(stacks.map(({ apis }) => apis)).toEqual([APIS])
  })

  it('send, with the platforms, every hello that was captured or described', () => {
    const sent = new Set(
      [...platforms, ...references].flatMap(({ stacks }) => stacks.map(({ hello }) => hello.id)),
    )
    const own = ['ecdsa-leaf', 'rsa-leaf', 'tls-1.0', 'tls-1.1', 'tls-1.2', 'tls-1.3']
    // Under App Transport Security a phone sends a hello derived from its own.
    const unsent = Object.values(hellos)
      .filter(({ id, aside }) => !aside && !sent.has(id) && !sent.has(`${id}+ats`))
      .map(({ id }) => id)
    expect(unsent).toEqual(own)
  })

  it('say for every limit where it is written', () => {
    for (const { stacks } of [...platforms, ...references])
      for (const { limits } of stacks) expect(limits.sources).not.toEqual([])
  })
})

describe('platformFor', () => {
  it.each([
    ['ios-12.4', 'ios-12.2'],
    ['ios-14.5.1', 'ios-14.5'],
    ['ios-14.0', 'ios-14'],
    ['ios-18.1', 'ios-18'],
    ['ios-18.6', 'ios-18.2'],
    ['ios-99', 'ios-26'],
    ['android-8', 'android-8.0'],
    ['android-7.1', 'android-7.0'],
    ['android-7.1.2', 'android-7.1.1'],
    ['android-14', 'android-14'],
    ['android-17', 'android-17'],
    ['cronet-pq', 'cronet-pq'],
    ['harmony-5.1', 'harmony-5.0.3'],
    ['devtools', 'devtools'],
  ])('%s is %s', (name, id) => expect(platformFor(platforms, name)?.id).toBe(id))

  it.each([
    ...['ios-12.1', 'android-6.0', 'windows-10', 'ios', 'ios-', '', 'ios-26-pq', 'ios-26x'],
    ...['harmony-4.1', 'devtools-'],
  ])('%j is none', name => expect(platformFor(platforms, name)).toBeNull())
})

describe('what stacks send', () => {
  it('is one hello for one id, and few enough for a kind check', () => {
    const contents = stacks.map(({ stack: { hello } }) => JSON.stringify([hello.id, hello.spec]))
    const ids = new Set(stacks.map(({ stack }) => stack.hello.id))
    expect([new Set(contents).size, ids.size]).toEqual([15, 15])
  })

  it.each([
    ['ios-12.2', 'chrome-101', 'ios-12.2+ats', 'openssl-1.1.1d'],
    ['ios-13.4', 'chrome-101', 'ios-13+ats', 'openssl-1.1.1d'],
    ['ios-15.1', 'chrome-101', 'ios-14+ats', 'openssl-1.1.1d'],
    ['ios-17.5', 'chrome-101', 'ios-15.4-17+ats', 'openssl-1.1.1d'],
    ['ios-18.2', 'chrome-101', 'ios-18.4+ats', 'openssl-1.1.1d'],
    ['ios-26', 'chrome-101', 'ios-26.4+ats', 'openssl-1.1.1d'],
    ['android-7.0', 'chrome-101', 'android-7.0', 'openssl-1.1.1d'],
    ['android-7.1.1', 'chrome-101', 'android-7.1.1', 'openssl-1.1.1d'],
    ['android-9', 'chrome-101', 'android-8.1', 'openssl-1.1.1d'],
    ['android-12', 'chrome-101', 'android-11-12', 'openssl-1.1.1d'],
    ['android-17', 'chrome-101', 'android-13-14', 'openssl-1.1.1d'],
    ['devtools', 'chrome-83-92', 'chrome-83-92', 'chrome-83-92'],
    ['devtools-pq', 'chromium-156', 'chromium-156', 'chromium-156'],
  ] as const)('%s: request %s, upload %s, socket %s', (id, ...hellos) => {
    const sends = (api: string) =>
      registry[id].stacks.find(({ apis }) => apis.some(name => name === api))?.hello.id
    expect([sends('request'), sends('upload'), sends('socket')]).toEqual(hellos)
    expect(sends('download')).toBe(sends('request'))
  })

  it('is marked as borrowed where nobody captured it', () => {
    const borrowed = new Set(
      stacks.filter(({ stack }) => stack.borrowed).map(({ stack }) => stack.name),
    )
    expect([...borrowed].sort()).toEqual(['?', 'Cronet', 'NW.js', 'wcwss'])
    expect(registry.devtools.stacks[0]?.borrowed).toBeNull()
  })

  it('is bound by ATS on uploads of iOS alone: TLS 1.2 or newer, the suites of the list', () => {
    for (const { platform, stack } of stacks) {
      expect(stack.ats !== null).toBe(platform.family === 'ios' && stack.apis.includes('upload'))
      if (!stack.ats) continue
      const { versions, suites } = stack.hello.spec
      expect(Math.min(...versions)).toBe(VERSIONS['TLS 1.2'])
      expect(Math.max(...versions)).toBe(VERSIONS['TLS 1.3'])
      expect(suites.filter(suite => !stack.ats?.suites.includes(suite))).toEqual([])
      expect(suites).toHaveLength(stack.ats.suites.length)
    }
  })

  it.each([
    ['ios-12.2', 14],
    ['ios-13', 17],
    ['ios-15.1', 17],
    ['ios-15.4', 13],
    ['ios-26', 13],
  ] as const)('under ATS on %s offers %i suites', (id, count) => {
    const upload = registry[id].stacks.find(({ ats }) => ats)
    expect(upload?.hello.spec.suites).toHaveLength(count)
  })
})

describe('a replica of ISRG Root X1', () => {
  it('is trusted by every platform but Android 7.0', () => {
    const replica = makeCa('Replica of ISRG Root X1')
    const certificate = parseCertificate(replica.der)
    const replicated = withReplicas(stores, [
      {
        certificate: replica.der,
        standsFor: '96bcec06264976f37460779acf28c5a7cfe8a3c0aae11a8ffcee05c0bddf08c6',
      },
    ])
    const distrusting = platforms.filter(platform =>
      platform.stores.some(
        ({ name, version }) => !replicated.anchors(name, version).holds(certificate),
      ),
    )
    expect(distrusting.map(({ id }) => id)).toEqual(['android-7.0'])
  })
})

/** What a platform does, without its names: two that are equal here are one. */
function substance({ stores: refs, stacks }: Platform) {
  return {
    lists: refs.map(({ name, version }) => [
      stores.versionFor(name, version)?.version,
      stores.roots.flatMap(root =>
        root.constraints.filter(c => c.store === name && c.since === version),
      ),
    ]),
    stacks: stacks.map(({ hello, policy, ct, ats, fetchesIssuers }) => ({
      hello: hello.spec,
      policy,
      ct,
      ats,
      fetchesIssuers,
    })),
  }
}

function texts({ title, notes, stacks }: Platform): Text[] {
  return [title, ...notes, ...stacks.flatMap(({ borrowed }) => (borrowed ? [borrowed.why] : []))]
}
