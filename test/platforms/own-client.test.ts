import { describe, expect, it } from 'vitest'
import { ownClient } from '../../src/families/own-client.ts'
import { type HelloId, hellos } from '../../src/hellos/index.ts'
import { APIS } from '../../src/platform.ts'
import type { ClientHelloSpec } from '../../src/wire/client-hello.ts'
import { groups, suites } from '../../src/wire/names.ts'
import { parseClientHello } from '../../src/wire/parse-client-hello.ts'
import { toSpec } from '../../src/wire/replay-hello.ts'
import { encodeClientHello } from '../../src/wire/tls.ts'
import { createWorld } from '../../src/world.ts'

const world = createWorld(Date.UTC(2026, 10, 1))

async function bring(spec: ClientHelloSpec, name: string | null = 'a.example') {
  const parsed = parseClientHello(encodeClientHello(spec, name))
  return { parsed, ...ownClient(parsed, 'phone.pcap', '2026-11-01', world) }
}

describe('a client that a user brings', () => {
  const clients = Object.values(hellos).filter(({ aside }) => !aside)
  it.each(clients.map(({ id }) => id as HelloId))('is recognized: %s', async id => {
    expect((await bring(hellos[id].spec)).nearest?.id).toBe(id)
  })

  it.each([
    ['android-13-14', 'Android 17', 'android'],
    ['ios-26.4', null, 'mozilla'],
    ['chrome-101', null, 'mozilla'],
  ] as const)('is judged as its newest relative: %s as %s', async (id, relative, store) => {
    const { platform } = await bring(hellos[id].spec)
    expect(platform.stores[0]?.name).toBe(store)
    if (relative) expect(platform.notes[0]?.en).toContain(relative)
    else expect(platform.notes[0]?.en).toContain('RFC 5280 alone')
  })

  it('is judged with App Transport Security where its hello is narrowed by it', async () => {
    const narrowed = world.platforms
      .find(({ id }) => id === 'ios-26')!
      .stacks.find(({ ats }) => ats !== null)!
    const { platform, nearest } = await bring(narrowed.hello.spec)
    expect(nearest?.id).toBe(narrowed.hello.id)
    expect(platform.stores[0]?.name).toBe('apple')
    expect(platform.stacks[0]?.ats).toEqual(narrowed.ats)
  })

  it('serves every API with the hello that it sent, whatever it looks like', async () => {
    const { platform, parsed } = await bring(hellos['android-13-14'].spec)
    expect(platform).toMatchObject({ id: 'client-hello', family: 'reference', tier: 'reference' })
    expect(platform.title.en).toBe('phone.pcap')
    expect(platform.stacks).toHaveLength(1)
    expect(platform.stacks[0]).toMatchObject({ apis: APIS, borrowed: null })
    expect(platform.stacks[0]?.hello.spec).toEqual(toSpec(parsed))
  })

  it('looks like one that differs in a few places, and like nobody with other suites', async () => {
    const { spec } = hellos['openssl-1.1.1d']
    const near = { ...spec, groups: spec.groups.slice(0, 4), alpn: ['h2'] }
    const { extensions } = near
    const alpn = 'application_layer_protocol_negotiation' as const
    expect((await bring({ ...near, extensions: [...extensions, alpn] })).nearest?.id).toBe(
      'openssl-1.1.1d',
    )
    expect((await bring({ ...spec, groups: groups('x25519') })).nearest).toBeNull()
    const reversed = { ...spec, suites: spec.suites.toReversed() }
    expect((await bring(reversed)).nearest).toBeNull()
    expect((await bring({ ...spec, suites: suites('TLS_AES_128_GCM_SHA256') })).nearest).toBeNull()
  })

  it('has an id by its content: a saved observation is not judged by another hello', async () => {
    const idOf = async (id: HelloId, name: string | null) =>
      (await bring(hellos[id].spec, name)).platform.stacks[0]?.hello.id
    expect(await idOf('android-8.1', 'a.example')).toBe(await idOf('android-8.1', 'b.example'))
    expect(await idOf('android-8.1', 'a.example')).not.toBe(await idOf('android-7.0', 'a.example'))
  })

  it('is sent the name of the target also where it was captured at an address', async () => {
    const { spec } = hellos['chrome-101']
    const { platform } = await bring(spec, null)
    const sent = encodeClientHello(platform.stacks[0]!.hello.spec, 'b.example')
    expect(parseClientHello(sent).serverName).toBe('b.example')
    expect(platform.stacks[0]?.hello.spec.extensions.slice(0, 2)).toEqual(['grease', 'server_name'])
  })
})
