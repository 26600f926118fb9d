// A name is asked once in a run: by the library where it is told to remember, by the program always.
import { lookup } from 'node:dns/promises'
import { describe, expect, test } from 'vitest'
import { checkTarget } from '../../src/check.ts'
import { Names, resolve } from '../../src/connect/dns.ts'
import { offline } from '../../src/connect/fetch.ts'
import { parseTarget } from '../../src/connect/target.ts'
import { createWorld } from '../../src/world.ts'
import { runCli } from '../helpers/cli.ts'
import { startHttpProxy } from '../helpers/proxies.ts'
import { identity, startTls } from '../helpers/tls-server.ts'

/** The system's resolver, and whom it was asked for. */
function counted() {
  const asked: string[] = []
  const names = new Names(host => {
    asked.push(host)
    return lookup(host, { all: true, order: 'verbatim' })
  })
  return { asked, names }
}

const timeoutMs = 10_000

describe('Names', () => {
  test('asks once, for those who come later and for those who come at the same time', async () => {
    const { asked, names } = counted()
    const ask = (port: number) => resolve('localhost', port, { timeoutMs, names })
    const [first, second] = await Promise.all([ask(1), ask(2)])
    expect(first).toEqual(second)
    expect(await ask(3)).toEqual(first)
    expect(asked).toEqual(['localhost'])
    expect(names.tookMs('localhost')).toBeGreaterThan(0)
  })

  test('asks again for what failed', async () => {
    const { asked, names } = counted()
    for (let count = 0; count < 2; count++)
      await expect(resolve('nobody.invalid', 443, { timeoutMs, names })).rejects.toMatchObject({
        code: 'ERR_DNS',
      })
    expect(asked).toEqual(['nobody.invalid', 'nobody.invalid'])
    expect(names.tookMs('nobody.invalid')).toBeNull()
  })

  test('asks again for what was too slow', async () => {
    const asked: string[] = []
    const never = new Names(host => {
      asked.push(host)
      return new Promise(() => {})
    })
    for (let count = 0; count < 2; count++)
      await expect(
        resolve('slow.example', 443, { timeoutMs: 1, names: never }),
      ).rejects.toMatchObject({ code: 'ERR_TIMEOUT' })
    expect(asked).toHaveLength(2)
  })

  test('holds no more than ten thousand', async () => {
    const asked: string[] = []
    const names = new Names(async host => {
      asked.push(host)
      return [{ address: '192.0.2.1' }]
    })
    const ask = (index: number) => resolve(`h${index}.example`, 443, { timeoutMs, names })
    for (let index = 0; index <= 10_000; index++) await ask(index)
    await ask(10_000)
    expect(asked).toHaveLength(10_001)
    await ask(0)
    expect(asked.at(-1)).toBe('h0.example')
  })

  test('families are chosen from one answer', async () => {
    const asked: string[] = []
    const names = new Names(async host => {
      asked.push(host)
      return [{ address: '192.0.2.1' }, { address: '2001:db8::1' }]
    })
    const ask = (family: 4 | 6) => resolve('h.example', 443, { timeoutMs, names, family })
    expect(await ask(4)).toEqual([{ ip: '192.0.2.1', family: 4 }])
    expect(await ask(6)).toEqual([{ ip: '2001:db8::1', family: 6 }])
    expect(asked).toHaveLength(1)
  })
})

test('two targets of one name', async () => {
  const ports = [await startTls(identity('ec-p256')), await startTls(identity('ec-p256'))]
  const { asked, names } = counted()
  const world = createWorld(Date.now())
  for (const port of ports) {
    const target = parseTarget(`localhost:${port}`)
    const options = { names, fetcher: offline, platforms: ['android-14'], family: 4 } as const
    const { result } = await checkTarget(target, world, options)
    expect(result.status).toBe('fail')
  }
  expect(asked).toEqual(['localhost'])
})

/** Says on stderr whom the real resolver is asked for. */
const SPY = `import dns from 'node:dns/promises'
import { syncBuiltinESMExports } from 'node:module'
const { lookup } = dns
dns.lookup = (host, ...rest) => {
  process.stderr.write('asked: ' + host + '\\n')
  return lookup(host, ...rest)
}
syncBuiltinESMExports()`

test('a run of the program asks once, and so for its proxy', async () => {
  const ports = [await startTls(identity('ec-p256')), await startTls(identity('ec-p256'))]
  const spied = {
    env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(SPY)}` },
  }
  const askedBy = async (args: readonly string[]) => {
    const flags = ['--no-fetch', '-q', '--platforms', 'android-14', '--concurrency', '2']
    const { stderr } = await runCli(['check', ...flags, ...args], spied)
    return stderr.split('\n').filter(line => line.startsWith('asked: '))
  }
  expect(await askedBy(ports.map(port => `localhost:${port}`))).toEqual(['asked: localhost'])
  const { port } = await startHttpProxy()
  const proxied = ports.map(one => `127.0.0.1:${one}`)
  expect(await askedBy(['--proxy', `http://localhost:${port}`, ...proxied])).toEqual([
    'asked: localhost',
  ])
})
