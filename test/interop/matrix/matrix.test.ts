// Real clients at real servers: with a client's own hello and rules, mpcert says beforehand what becomes of each visit.
import { beforeAll, expect, test } from 'vitest'
import { parseClientHello } from '../../../src/wire/parse-client-hello.ts'
import { toSpec } from '../../../src/wire/replay-hello.ts'
import { makeFolder } from '../pki.ts'
import { requireProgram } from '../programs.ts'
import { CLIENTS, type Client, type Word } from './clients.ts'
import { type Chosen, readFlight } from './flight.ts'
import { type Foretold, foretell } from './predict.ts'
import { captureFirst, startRelay } from './relay.ts'
import { type RunningServer, startServers } from './servers.ts'

const PROGRAMS = ['openssl', 'curl', 'gnutls-cli', 'gnutls-serv', 'nginx', 'javac', 'chromium']
const AT_ONCE = 3

interface Cell {
  readonly client: string
  readonly server: string
  readonly word: Word
  /** What the server answered to the client itself. */
  readonly seen: Chosen | null
  readonly foretold: Foretold
}

beforeAll(() => {
  for (const program of PROGRAMS) requireProgram(program)
})

test('every client at every server', { timeout: 600_000 }, async () => {
  const servers = await startServers(makeFolder())
  const cells: Cell[] = []
  const work = async (client: Client) => {
    cells.push(...(await cellsOf(client, servers)))
  }
  // Who lingers keeps a server from others that serves one client at a time.
  await inCompany(
    CLIENTS.filter(({ lingers }) => !lingers),
    work,
  )
  for (const client of CLIENTS) if (client.lingers) await work(client)

  const wrong = cells.filter(cell => !agrees(cell))
  expect(wrong.map(describeCell).join('\n')).toBe('')
  expect(servers.length).toBeGreaterThanOrEqual(40)
  expect(cells.length).toBe(servers.length * CLIENTS.length)
  expect(cells.length).toBeGreaterThanOrEqual(400)
  // Where all of it failed, or nothing did, agreement would say little.
  for (const { name } of CLIENTS) {
    const words = cells.filter(({ client }) => client === name).map(({ word }) => word.connected)
    expect({ name, outcomes: new Set(words) }).toEqual({ name, outcomes: new Set([true, false]) })
  }
})

async function cellsOf(
  client: Client,
  servers: readonly RunningServer[],
): Promise<readonly Cell[]> {
  const spec = toSpec(parseClientHello(await captureFirst(port => client.visit([port]))))
  const relays = await Promise.all(servers.map(({ port }) => startRelay(port)))
  const words = await client.visit(relays.map(({ port }) => port))
  await Promise.all(relays.map(relay => relay.close()))
  const cells: Cell[] = []
  for (const [index, { name, port }] of servers.entries())
    cells.push({
      client: client.name,
      server: name,
      word: words[index]!,
      seen: readFlight(relays[index]!.answer()),
      foretold: await foretell(port, spec, client.limits),
    })
  return cells
}

/** Connected or not; and where it was, version, suite and group. */
function agrees({ word, seen, foretold }: Cell): boolean {
  if (!word.connected || !foretold.connects) return word.connected === foretold.connects
  const { chosen } = foretold
  if (!seen || !chosen || !speaksOf(word, seen)) return false
  return (
    seen.version === chosen.version && seen.suite === chosen.suite && seen.group === chosen.group
  )
}

/** The client's own name of the version, such as `TLSv1`, where it gives one. */
function speaksOf({ protocol }: Word, { version }: Chosen): boolean {
  const [number] = /\d+(\.\d+)?$/.exec(protocol ?? '') ?? []
  return number === undefined || version.endsWith(number.includes('.') ? number : `${number}.0`)
}

async function inCompany<T>(list: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...list]
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

function describeCell({ client, server, word, seen, foretold }: Cell): string {
  const { connects, chosen, why } = foretold
  const rows = [
    `${client} at ${server}`,
    `  it:     ${outcome(word.connected, seen)}, and says ${word.protocol ?? 'no version'}`,
    `  mpcert: ${outcome(connects, chosen)}, by ${why}`,
    `  ${word.said.replace(/\s+/g, ' ').slice(-300)}`,
  ]
  return rows.join('\n')
}

function outcome(connects: boolean | null, chosen: Chosen | null): string {
  const word = connects === null ? 'unknown' : connects ? 'connects' : 'fails'
  return [word, ...(chosen ? [chosen.version, chosen.suite, chosen.group ?? 'no group'] : [])].join(
    ' ',
  )
}
