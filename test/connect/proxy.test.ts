// Proxies: their URLs, the environment, and ways through real ones on loopback to real servers.
import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { connectThrough } from '../../src/connect/connection.ts'
import { toAddress } from '../../src/connect/dns.ts'
import { formatProxy, parseProxy } from '../../src/connect/proxy.ts'
import { isExempt, proxyFromEnvironment } from '../../src/connect/proxy-environment.ts'
import type { MpcertError } from '../../src/errors.ts'
import { type ProxyRules, startHttpProxy, startSocksProxy } from '../helpers/proxies.ts'
import { identity, startTcp } from '../helpers/tls-server.ts'

describe('a proxy URL', () => {
  it.each([
    ['http://proxy.example:3128', 'http://proxy.example:3128', null],
    ['proxy.example:8080', 'http://proxy.example:8080', null],
    ['http://proxy.example', 'http://proxy.example:80', null],
    ['http://proxy.example:443/', 'http://proxy.example:443', null],
    ['HTTPS://Proxy.Example', 'https://proxy.example:443', null],
    ['socks5://u:p@127.0.0.1', 'socks5://127.0.0.1:1080', { user: 'u', password: 'p' }],
    ['socks5h://[::1]:9050', 'socks5h://[::1]:9050', null],
    ['http://a%40b:c%3ad@h:1', 'http://h:1', { user: 'a@b', password: 'c:d' }],
    ['http://only@h:1', 'http://h:1', { user: 'only', password: '' }],
  ])('%s', (text, shown, credentials) => {
    const proxy = parseProxy(text)
    expect(formatProxy(proxy)).toBe(shown)
    expect(proxy.credentials).toEqual(credentials)
  })

  it.each([
    'ftp://u:secret@h:21',
    'http://',
    'http://u:secret@',
    'http://u:secret@h:99999',
    'http://u:secret@h:0',
    'http://u:secret%0d%0aX@h:1',
    `http://u:secret${'x'.repeat(256)}@h:1`,
    'http://u:secret@b ad:1',
    'u:secret@h:port',
    'http://u:%secret@h:1',
  ])('that is none: %s', text => {
    const error = thrown(() => parseProxy(text))
    expect(error).toMatchObject({ code: 'ERR_USAGE' })
    expect(JSON.stringify(error.text)).not.toContain('secret')
  })
})

describe('the environment', () => {
  const target = { host: 'api.example.com', port: 443 }

  it.each([
    [{ HTTPS_PROXY: 'http://a:1' }, 'HTTPS_PROXY', 'http://a:1'],
    [{ https_proxy: 'b:2', HTTPS_PROXY: 'http://a:1' }, 'https_proxy', 'http://b:2'],
    [{ https_proxy: '', ALL_PROXY: 'socks5h://c:3' }, 'ALL_PROXY', 'socks5h://c:3'],
    [{ all_proxy: 'd', ALL_PROXY: 'e' }, 'all_proxy', 'http://d:80'],
    [{ https_proxy: 'f', NO_PROXY: 'other.example' }, 'https_proxy', 'http://f:80'],
  ])('%j', (env, name, shown) => {
    const found = proxyFromEnvironment(env, target)
    expect(found?.name).toBe(name)
    expect(found && formatProxy(found.proxy)).toBe(shown)
  })

  it.each([
    {},
    { HTTPS_PROXY: '' },
    { HTTP_PROXY: 'http://a:1', http_proxy: 'http://a:1' },
    { HTTPS_PROXY: 'http://a:1', no_proxy: 'example.com' },
    { HTTPS_PROXY: 'http://a:1', no_proxy: '', NO_PROXY: '*' },
  ])('%j leads straight', env => {
    expect(proxyFromEnvironment(env, target)).toBeNull()
  })

  it('names the variable that is no proxy, and not its password', () => {
    const error = thrown(() => proxyFromEnvironment({ ALL_PROXY: 'x://u:secret@h' }, target))
    expect(error.message).toMatch(/^ALL_PROXY: not a proxy: "x:\/\/\*\*\*@h"/)
  })

  it.each([
    ['example.com', 'example.com', 443, true],
    ['.example.com', 'example.com', 443, true],
    ['.example.com', 'a.b.example.com', 443, true],
    ['Example.COM.', 'api.example.com', 443, true],
    ['example.com', 'badexample.com', 443, false],
    ['a.example, b.example', 'b.example', 443, true],
    ['a.example b.example', 'b.example', 443, true],
    ['*', '192.0.2.1', 443, true],
    ['example.com:8443', 'example.com', 8443, true],
    ['example.com:8443', 'example.com', 443, false],
    ['192.0.2.0/24', '192.0.2.77', 443, true],
    ['192.0.2.0/24', '192.0.3.77', 443, false],
    ['192.0.2.7', '192.0.2.7', 443, true],
    ['192.0.2.7:80', '192.0.2.7', 443, false],
    ['2.7', '192.0.2.7', 443, false],
    ['fd00::/8', 'fd12::1', 443, true],
    ['[fd00::1]:443', 'fd00::1', 443, true],
    ['fd00::1', 'fd00:0:0::1', 443, true],
    ['192.0.2.0/99', '192.0.2.0', 443, false],
    ['', 'example.com', 443, false],
    [',.,', 'example.com', 443, false],
  ])('NO_PROXY=%j of %s:%i: %s', (list, host, port, expected) => {
    expect(isExempt(list, host, port)).toBe(expected)
  })
})

/** What a greeting server says, read through the proxy. */
async function readThrough(url: string, host: string, port: number, timeoutMs = 2000) {
  const address = /^[\d.]+$|:/.test(host) ? toAddress(host) : { ip: host, family: null }
  const { stream, rttMs } = await connectThrough(parseProxy(url))(address, port, timeoutMs)
  expect(rttMs).toBeGreaterThan(0)
  const said = await new Promise<string>(resolve => {
    let text = ''
    stream.on('data', bytes => {
      text += String(bytes)
    })
    stream.on('end', () => resolve(text))
  })
  stream.destroy()
  return said
}

const greeter = () => startTcp(socket => socket.end('hello'))
const hosts = { 'inside.example': '127.0.0.1' }

describe.each([
  ['http', startHttpProxy, ['http']],
  ['SOCKS5', startSocksProxy, ['socks5h', 'socks5']],
] as const)(
  'an %s proxy',
  (_, start: (rules?: ProxyRules) => ReturnType<typeof startHttpProxy>, schemes) => {
    const [scheme] = schemes

    it('looks the name up, and loses no byte of a server that speaks first', async () => {
      const [port, proxy] = [await greeter(), await start({ hosts })]
      expect(await readThrough(`${scheme}://127.0.0.1:${proxy.port}`, 'inside.example', port)).toBe(
        'hello',
      )
      expect(proxy.asked).toEqual([`inside.example:${port}`])
    })

    it('is given addresses, those of IPv6 in its own form', async () => {
      const proxy = await start({
        refuses: { '::1': 5, '0000:0000:0000:0000:0000:0000:0000:0001': 5 },
      })
      await expect(
        readThrough(`${scheme}://localhost:${proxy.port}`, '::1', 443),
      ).rejects.toMatchObject({ code: 'ERR_PROXY' })
      expect(proxy.asked[0]).toMatch(/^\[::1\]:443$|^0000:.*:0001:443$/)
    })

    it('takes a user name and a password, and says where they are wrong or missing', async () => {
      const [port, proxy] = [await greeter(), await start({ login: 'u@x:pass word' })]
      const at = `127.0.0.1:${proxy.port}`
      expect(await readThrough(`${scheme}://u%40x:pass%20word@${at}`, '127.0.0.1', port)).toBe(
        'hello',
      )
      expect(proxy.logins).toContain('u@x:pass word')
      const wrong = await failure(`${scheme}://u:secret@${at}`)
      expect(wrong).toMatchObject({ code: 'ERR_PROXY', phase: 'proxy' })
      expect(wrong.message).toContain('does not accept this user name and password')
      expect(JSON.stringify(wrong)).not.toContain('secret')
      expect((await failure(`${scheme}://${at}`)).message).toContain(
        'wants a user name and a password',
      )
    })

    it('that refuses is quoted', async () => {
      const proxy = await start({ refuses: { 'api.example': scheme === 'http' ? 403 : 2 } })
      const { message } = await failure(`${scheme}://127.0.0.1:${proxy.port}`)
      expect(message).toMatch(
        /opens no connection to api\.example:443: (403 No|not allowed by its rules)$/,
      )
    })

    it.each([
      ['garbage', (socket: Socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'), /does not answer in/],
      ['bytes', (socket: Socket) => socket.end(Buffer.alloc(64, 7)), /does not answer in/],
      ['nothing and leaves', (socket: Socket) => socket.end(), /closed the connection$/],
      [
        'nothing and resets',
        (socket: Socket) => socket.resetAndDestroy(),
        /(reset|closed) the connection$/,
      ],
      ['nothing at all', () => {}, /did not connect to api\.example:443 within 0\.2 s$/],
    ])('that answers %s', async (_what, serve, expected) => {
      const port = await startTcp(serve)
      const error = await failure(`${scheme}://127.0.0.1:${port}`, 200)
      expect(error).toMatchObject({ code: 'ERR_PROXY', phase: 'proxy' })
      expect(error.message).toMatch(expected)
    })

    it('that is not there', async () => {
      const error = await failure(`${scheme}://127.0.0.1:1`)
      expect(error).toMatchObject({ code: 'ERR_PROXY', system: 'ECONNREFUSED' })
      expect(error.message).toMatch(/127\.0\.0\.1:1 refused the connection/)
      expect((await failure(`${scheme}://nothing.invalid:1`)).message).toMatch(/does not exist/)
    })
  },
)

describe('an HTTP proxy', () => {
  it('may not send headers without end', async () => {
    const endless = async (socket: Socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      while (socket.writable && socket.write(`X-Filler: ${'x'.repeat(1000)}\r\n`)) await tick()
    }
    const port = await startTcp(socket => void endless(socket))
    const { message } = await failure(`http://127.0.0.1:${port}`, 5000)
    expect(message).toMatch(/sent more than 32 KiB$/)
  })

  it('may answer byte by byte, and in HTTP/1.0', async () => {
    const slow = async (socket: Socket) => {
      for (const letter of 'HTTP/1.0 200 OK\r\n\r\nhello') {
        socket.write(letter)
        await tick()
      }
      socket.end()
    }
    const port = await startTcp(socket => void slow(socket))
    expect(await readThrough(`http://127.0.0.1:${port}`, 'api.example', 443)).toBe('hello')
  })

  it('is not believed a certificate that nobody vouches for', async () => {
    const proxy = await startHttpProxy({}, identity('ec-p256'))
    const { message } = await failure(`https://u:secret@localhost:${proxy.port}`)
    expect(message).toMatch(/could not be spoken to over TLS \(\w+\)$/)
    expect(proxy.logins).toEqual([])
  })
})

describe('a SOCKS5 proxy', () => {
  it.each([
    [1, 'general failure'],
    [2, 'not allowed by its rules'],
    [3, 'network unreachable'],
    [4, 'host unreachable'],
    [5, 'connection refused'],
    [6, 'time to live expired'],
    [7, 'it cannot make connections'],
    [8, 'it does not know this kind of address'],
    [0x42, 'SOCKS 0x42'],
  ])('that replies %i', async (code, words) => {
    const proxy = await startSocksProxy({ refuses: { 'api.example': code } })
    expect((await failure(`socks5h://127.0.0.1:${proxy.port}`)).message).toMatch(`: ${words}`)
  })
})

function tick(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

async function failure(url: string, timeoutMs = 2000): Promise<MpcertError> {
  const address = { ip: 'api.example', family: null }
  return connectThrough(parseProxy(url))(address, 443, timeoutMs).then(
    () => Promise.reject(new Error('connected')),
    (error: MpcertError) => error,
  )
}

function thrown(act: () => unknown): MpcertError {
  try {
    act()
  } catch (error) {
    return error as MpcertError
  }
  throw new Error('nothing was thrown')
}
