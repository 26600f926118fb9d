/** The zoo: starts every server, checks each as `mpcert check` would, and compares what was judged with what must be. */
import type { Server } from 'node:net'
import { type Checked, checkTarget } from '../../check.ts'
import { createFetcher } from '../../connect/fetch.ts'
import { parseTarget } from '../../connect/target.ts'
import type { Rule } from '../../rule.ts'
import type { World } from '../../world.ts'
import { workOn } from '../pipeline.ts'
import type { DemoCase } from './case.ts'
import { cases } from './cases.ts'
import { compareResult, type Mismatch } from './expectation.ts'
import { Pki } from './pki.ts'
import { fileServer, type Listening, LOOPBACK, listen } from './servers.ts'

export interface ZooOptions {
  /** The moment that is judged, ms since the epoch; default now. */
  readonly at?: number
  /** Ids of the cases to check; default all. */
  readonly only?: readonly string[]
  /** By id; default all rules. */
  readonly rules?: Readonly<Record<string, Rule>>
  /** Ends the visit after the cases that are done. */
  readonly signal?: AbortSignal
}

export interface CheckedCase extends Checked {
  readonly id: string
  readonly demo: DemoCase
  readonly world: World
  /** Empty where all was judged right. */
  readonly mismatches: readonly Mismatch[]
}

const AT_ONCE = 8
const TIMEOUT_MS = 5_000
/** Nothing has listened there for a long time (tcpmux). */
const CLOSED_PORT = 1

/** Gives each case as soon as it and those before it are done. */
export async function* checkZoo({
  at = Date.now(),
  only = Object.keys(cases),
  rules,
  signal = new AbortController().signal,
}: ZooOptions = {}): AsyncGenerator<CheckedCase> {
  const { visits, pki, close } = await openZoo(at, only)
  try {
    const { world } = pki
    const fetcher = createFetcher({ allowPrivate: true })
    const check = async (visit: Visit): Promise<CheckedCase> => {
      const { id, demo, host, port } = visit
      const checked = await checkTarget(parseTarget(targetOf(visit)), world, {
        resolveTo: new Map([[`${host}:${port}`, [LOOPBACK]]]),
        timeoutMs: demo.timeoutMs ?? TIMEOUT_MS,
        fetcher,
        web: demo.web,
        rules,
        signal,
      })
      return {
        ...checked,
        id,
        demo,
        world,
        mismatches: compareResult(demo.expected, checked.result),
      }
    }
    yield* workOn(visits, { limit: AT_ONCE }, check, signal)
  } finally {
    close()
  }
}

export interface Zoo {
  readonly visits: readonly Visit[]
  readonly pki: Pki
  close(): void
}

/** Every server listens. */
export async function openZoo(
  at: number,
  only: readonly string[] = Object.keys(cases),
): Promise<Zoo> {
  const files = new Map<string, Uint8Array>()
  const open: Listening[] = []
  const close = () => {
    for (const listening of open) listening.close()
  }
  const start = async (server: Server) => {
    const listening = await listen(server)
    open.push(listening)
    return listening.port
  }
  try {
    const pki = new Pki(at, `http://${LOOPBACK}:${await start(fileServer(files))}`)
    files.set('/issuer.der', pki.ca.der)
    // All servers first: making keys holds up everything else, and a server held up looks slow.
    const visits: Visit[] = []
    for (const [id, demo] of Object.entries(cases).filter(([name]) => only.includes(name))) {
      const host = `${id}.mpcert.test`
      const port = demo.serve ? await start(demo.serve({ host, pki })) : CLOSED_PORT
      visits.push({ id, demo, host, port })
    }
    return { visits, pki, close }
  } catch (error) {
    close()
    throw error
  }
}

/** What `mpcert check` would be told. */
export function targetOf({ demo: { url }, host, port }: Visit): string {
  const authority = `${host}:${port}`
  return url ? `${url.scheme}://${authority}${url.path}` : authority
}

export interface Visit {
  readonly id: string
  readonly demo: DemoCase
  readonly host: string
  readonly port: number
}
