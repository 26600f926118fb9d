/** `mpcert check` against a server on loopback, and its report beside what openssl shows. */
import { expect } from 'vitest'
import { acceptedVersions } from '../../src/facts/objection.ts'
import { protocolName } from '../../src/facts/protocols.ts'
import type { Hello } from '../../src/hello.ts'
import type { Limits } from '../../src/limits.ts'
import { createWorld } from '../../src/world.ts'
import { NOW } from '../helpers/certs.ts'
import { type JsonReport, type JsonTarget, runCli } from '../helpers/cli.ts'
import { askOpenssl, describeScheme, type Shown } from './oracle.ts'
import { type Folder, HOST, type IdentityFiles } from './pki.ts'

/** Every judged hello by id, and where in a report its handshake stands. */
export const HELLOS: ReadonlyMap<string, Place> = new Map(
  createWorld(NOW).platforms.flatMap(({ id, stacks }) =>
    stacks.map(({ hello, limits, apis: [api] }) => [
      hello.id,
      { hello, limits, platform: id, api: api! },
    ]),
  ),
)

interface Place {
  readonly hello: Hello
  readonly limits: Limits
  readonly platform: string
  readonly api: string
}

export async function check(port: number, { root }: Folder): Promise<JsonTarget> {
  const { code, stdout, stderr } = await runCli([
    'check',
    `${HOST}:${port}`,
    ...['--resolve', `${HOST}:${port}:127.0.0.1`],
    ...['--cacert', root],
    ...['--at', new Date(NOW).toISOString()],
    ...['--format', 'json'],
    '--no-fetch',
  ])
  expect(stderr).toBe('')
  expect([0, 1]).toContain(code)
  const [target] = (JSON.parse(stdout) as JsonReport).targets
  if (!target) throw new Error('no target in the report')
  return target
}

/** What each hello met, by id. */
export function shownByUs(target: JsonTarget): Readonly<Record<string, Shown | null>> {
  const chains = new Map(target.chains.map(({ id, sent }) => [id, sent]))
  return Object.fromEntries(
    [...HELLOS].map(([id, { platform, api }]) => {
      const found = target.platforms.find(one => one.id === platform)
      const { handshake, chain } = found!.cells.find(cell => cell.api === api)!
      const sent = chain === null ? [] : (chains.get(chain) ?? [])
      return [id, handshake && toShown(handshake, sent)]
    }),
  )
}

/** Whether the cells that agreed on a suite name this rule as a reason: all, none, or some and some not. */
export function reasonGiven(target: JsonTarget, rule: string): ReadonlySet<boolean> {
  const cells = target.platforms.flatMap(platform => platform.cells)
  const agreed = cells.filter(({ handshake }) => handshake !== null)
  return new Set(agreed.map(({ reasons }) => reasons.includes(rule)))
}

export async function shownByOpenssl(
  port: number,
  client: IdentityFiles | null = null,
): Promise<Readonly<Record<string, Shown | null>>> {
  const shown: Record<string, Shown | null> = {}
  for (const [id, { hello, limits }] of HELLOS) {
    const answer = await askOpenssl(port, hello, client)
    // openssl goes through with versions that the client itself refuses.
    const taken = acceptedVersions({ spec: hello.spec, limits }).map(protocolName)
    shown[id] = answer && taken.some(protocol => protocol === answer.protocol) ? answer : null
  }
  return shown
}

export interface Agreement {
  readonly target: JsonTarget
  /** What both saw. */
  readonly shown: readonly Shown[]
}

/** Every judged hello: the same version, suite, group, signature and certificates as openssl shows with that offer. */
export async function expectAgreement(
  port: number,
  folder: Folder,
  client: IdentityFiles | null = null,
): Promise<Agreement> {
  const target = await check(port, folder)
  const theirs = await shownByOpenssl(port, client)
  expect(shownByUs(target)).toEqual(theirs)
  const shown = Object.values(theirs).filter(one => one !== null)
  // Two that see nothing agree as well.
  expect(shown.length).toBeGreaterThan(0)
  return { target, shown }
}

function toShown(
  { protocol, cipher, group, signatureScheme }: NonNullable<Cell['handshake']>,
  sent: JsonTarget['chains'][number]['sent'],
): Shown {
  const signature = describeScheme(signatureScheme)
  return { protocol, cipher, group, signature, chain: sent.map(({ sha256 }) => sha256) }
}

type Cell = JsonTarget['platforms'][number]['cells'][number]
