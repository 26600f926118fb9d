// Servers that misbehave: a check of them is right or leaves open what it could not find out, and ends.
import tls from 'node:tls'
import { describe, expect, it } from 'vitest'
import { type Checked, checkTarget } from '../../src/check.ts'
import { offline } from '../../src/connect/fetch.ts'
import { parseTarget } from '../../src/connect/target.ts'
import { withAnchors } from '../../src/stores/derive.ts'
import { createWorld } from '../../src/world.ts'
import { NOW } from '../helpers/certs.ts'
import { startFront, type Treatment } from '../helpers/front.ts'
import { identity, startTls } from '../helpers/tls-server.ts'

const { cert, key, der } = identity('ec-p256')
const known = createWorld(NOW)
const world = { ...known, stores: withAnchors(known.stores, [der]) }

async function check(treat: (number: number) => Treatment): Promise<Checked> {
  const port = await startFront(await startTls({}, new tls.Server({ cert, key })), treat)
  return checkTarget(parseTarget(`localhost:${port}`), world, {
    resolveTo: new Map([[`localhost:${port}`, ['127.0.0.1']]]),
    timeoutMs: 1500,
    fetcher: offline,
  })
}

let seen: Promise<Checked> | undefined
/** What is to be said of the server behind the front. */
function soundly(): Promise<Checked> {
  seen ??= check(() => 'through')
  return seen
}

function verdicts({ result }: Checked): ReadonlyMap<string, string> {
  return new Map(
    result.platforms.flatMap(({ id, cells }) =>
      cells.map(({ api, verdict }) => [`${id}/${api}`, verdict] as const),
    ),
  )
}

const rulesOf = ({ result }: Checked) => new Set(result.findings.map(({ rule }) => rule))

describe('a server that', () => {
  it.each<[string, (number: number) => Treatment]>([
    ['resets every third connection', number => (number % 3 === 0 ? 'reset' : 'through')],
    ['closes every third connection', number => (number % 3 === 2 ? 'close' : 'through')],
    ['closes some of a crowd', number => ([3, 4, 5, 6].includes(number) ? 'close' : 'through')],
  ])('%s is judged like a sound one', async (_, treat) => {
    const [sound, checked] = [await soundly(), await check(treat)]
    expect(verdicts(checked)).toEqual(verdicts(sound))
    expect(rulesOf(checked)).toEqual(rulesOf(sound))
  })

  it.each<[string, (number: number) => Treatment]>([
    ['falls silent after 5 connections', number => (number > 5 ? 'silent' : 'through')],
    ['falls silent after 12', number => (number > 12 ? 'silent' : 'through')],
    ['drips after 5', number => (number > 5 ? 'drip' : 'through')],
  ])('%s is judged right or left open', async (_, treat) => {
    const [sound, checked] = [await soundly(), await check(treat)]
    const right = verdicts(sound)
    for (const [cell, verdict] of verdicts(checked))
      expect(['unknown', right.get(cell)], cell).toContain(verdict)
    for (const rule of rulesOf(checked)) expect(rulesOf(sound)).toContain(rule)
    for (const { cells } of checked.result.platforms)
      for (const { verdict, reasons } of cells)
        if (verdict !== 'pass') expect(reasons).not.toEqual([])
  })
})
