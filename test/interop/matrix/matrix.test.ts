// Real clients against real servers: mpcert, given a client's hello and rules, says beforehand what becomes of it.
import { expect, test } from 'vitest'
import { parseClientHello } from '../../../src/wire/parse-client-hello.ts'
import { toSpec } from '../../../src/wire/replay-hello.ts'
import { makeFolder } from '../pki.ts'
import { requireProgram } from '../programs.ts'
import { CLIENTS, type Client, type Word } from './clients.ts'
import { type Chosen, readFlight } from './flight.ts'
import { type Foretold, foretell } from './predict.ts'
import { captureFirst, startRelay } from './relay.ts'
import { type RunningServer, startServers } from './servers.ts'

const PROGRAMS = ['openssl', 'curl', 'gnutls-cli', 'gnutls-serv', 'nginx', 'java', 'chromium']

interface Cell {
  readonly client: string
  readonly server: string
  readonly word: Word
  /** What the server answered to the client itself. */
  readonly seen: Chosen | null
  readonly foretold: Foretold
}

/** Cells whose version, suite or group may differ, each with the reason. */
const EXCUSED: Readonly<Record<string, string>> = {}

test('clients x servers', { timeout: 600_000 }, async () => {
  for (const program of PROGRAMS) requireProgram(program)
  const folder = makeFolder()
  const servers = await startServers(folder)
  const cells: Cell[] = []
  await inCompany(
    CLIENTS.filter(c => new RegExp(process.env['ONLY'] ?? '').test(c.name)),
    3,
    async client => {
      const started = performance.now()
      cells.push(...(await cellsOf(client, servers)))
      console.log(client.name, Math.round(performance.now() - started))
    },
  )

  const wrong = cells.filter(({ word, foretold }) => word.connected !== foretold.connects)
  const other = cells.filter(
    cell => !wrong.includes(cell) && cell.word.connected && !sameChoice(cell),
  )
  const unexcused = other.filter(cell => !(nameOf(cell) in EXCUSED))
  console.log(
    servers.length,
    CLIENTS.length,
    cells.length,
    cells.filter(c => c.word.connected).length,
  )
  expect([...wrong, ...unexcused].map(describeCell).join('\n')).toBe('')
  expect(Object.keys(EXCUSED).toSorted()).toEqual(other.map(nameOf).toSorted())
  expect(servers.length).toBeGreaterThanOrEqual(40)
  expect(cells.length).toBeGreaterThanOrEqual(400)
  expect(other.length).toBeLessThanOrEqual(cells.length * 0.02)
})

async function cellsOf(
  client: Client,
  servers: readonly RunningServer[],
): Promise<readonly Cell[]> {
  const bytes = await captureFirst(port => client.visit([port]))
  const spec = toSpec(parseClientHello(bytes))
  const relays = await Promise.all(servers.map(({ port }) => startRelay(port)))
  const words = await client.visit(relays.map(({ port }) => port))
  const cells: Cell[] = []
  for (const [index, { name, port }] of servers.entries()) {
    const relay = relays[index]!
    await relay.close()
    const seen = readFlight(relay.answer())
    const foretold = await foretell(port, spec, client.limits)
    cells.push({ client: client.name, server: name, word: words[index]!, seen, foretold })
  }
  return cells
}

/** The client's own word of the version counts too, where it gives one. */
function sameChoice({ word, seen, foretold: { chosen } }: Cell): boolean {
  const [spoken] = /\d+(\.\d+)?$/.exec(word.protocol ?? '') ?? []
  const told =
    spoken === undefined || seen?.version.endsWith(spoken.includes('.') ? spoken : `${spoken}.0`)
  return (
    told === true &&
    seen?.version === chosen?.version &&
    seen?.suite === chosen?.suite &&
    seen?.group === chosen?.group
  )
}

async function inCompany<T>(
  list: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...list]
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

function nameOf({ client, server }: Cell): string {
  return `${client} > ${server}`
}

function describeCell(cell: Cell): string {
  const { word, seen, foretold } = cell
  const flat = (chosen: Chosen | null) => (chosen ? Object.values(chosen).join(' ') : 'no answer')
  const theirs = `${word.connected ? 'connects' : 'fails'}, ${word.protocol ?? ''} ${flat(seen)}`
  const ours = `${foretold.connects ? 'connects' : 'fails'}, ${flat(foretold.chosen)} (${foretold.why})`
  return `${nameOf(cell)}\n  it:     ${theirs}\n  mpcert: ${ours}\n  ${word.said.replace(/\s+/g, ' ').slice(-300)}`
}
