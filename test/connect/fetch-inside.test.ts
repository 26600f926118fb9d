// Ways into the user's own network. One address of this machine stands for the public: real ones are not asked here.
import type { lookup } from 'node:dns'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { createFetcher } from '../../src/connect/fetch.ts'
import { isPrivateAddress } from '../../src/connect/private-address.ts'

const OUTSIDE = '127.0.0.1'

const isPrivate = (ip: string) => ip !== OUTSIDE && isPrivateAddress(ip)

let asked: string[]
beforeEach(() => {
  asked = []
})

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer((request, answer) => {
    asked.push(request.url ?? '')
    listener(request, answer)
  })
  await new Promise<void>(resolve => server.listen(0, OUTSIDE, resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** Each look-up gets the next answer, and after the last one that one again. */
function resolver(...answers: readonly (readonly string[])[]) {
  let count = 0
  const look = (_host: string, _options: object, done: (...result: unknown[]) => void) => {
    const answer = answers[Math.min(count++, answers.length - 1)] ?? []
    done(
      null,
      answer.map(address => ({ address, family: 4 })),
    )
  }
  return { lookup: look as unknown as typeof lookup, count: () => count }
}

it('fetches from outside', async () => {
  const port = await serve((_, answer) => answer.end('abc'))
  expect(await createFetcher({ isPrivate })(`http://${OUTSIDE}:${port}/`)).toMatchObject({
    state: 'fetched',
  })
})

it.each(['127.0.0.2', '10.0.0.1', '[::1]', '169.254.169.254', 'localhost', '2130706434'])(
  'does not follow a redirect to %s',
  async host => {
    const port = await serve((_, answer) => {
      answer.writeHead(302, { location: `http://${host}:${port}/secret` }).end()
    })
    const { lookup } = resolver(['127.0.0.2'])
    const result = await createFetcher({ lookup, isPrivate })(`http://${OUTSIDE}:${port}/`)
    expect(result).toMatchObject({ state: 'failed', reason: 'private-address' })
    expect(asked).toEqual(['/'])
  },
)

it('connects to the address that it checked, whatever a second look-up would say', async () => {
  const port = await serve((_, answer) => answer.end('abc'))
  const { lookup, count } = resolver([OUTSIDE], ['127.0.0.2'])
  const result = await createFetcher({ lookup, isPrivate })(`http://ca.example:${port}/`)
  expect(result).toMatchObject({ state: 'fetched' })
  expect(count()).toBe(1)
})

it('checks a name again at every hop', async () => {
  const port = await serve((_, answer) => {
    answer.writeHead(302, { location: `http://ca.example:${port}/again` }).end()
  })
  const { lookup } = resolver([OUTSIDE], ['127.0.0.2'])
  const result = await createFetcher({ lookup, isPrivate })(`http://ca.example:${port}/`)
  expect(result).toMatchObject({ reason: 'private-address', detail: '127.0.0.2' })
  expect(asked).toEqual(['/'])
})

it('takes no name of which one address is private', async () => {
  const port = await serve((_, answer) => answer.end('abc'))
  const { lookup } = resolver([OUTSIDE, '192.168.0.1'])
  const result = await createFetcher({ lookup, isPrivate })(`http://ca.example:${port}/`)
  expect(result).toMatchObject({ reason: 'private-address', detail: '192.168.0.1' })
  expect(asked).toEqual([])
})
