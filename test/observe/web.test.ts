// Requests as a Mini Program sends them, to Node's own HTTPS servers: every rule, and what comes close to it.
import type { RequestListener, ServerResponse } from 'node:http'
import http from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { judge } from '../../src/judge/judge.ts'
import { decodeObservation, encodeObservation } from '../../src/observation-file.ts'
import { openRoute } from '../../src/observe/route.ts'
import { createWorld } from '../../src/world.ts'
import { NOW } from '../helpers/certs.ts'
import { listening, startTcp } from '../helpers/tls-server.ts'
import { checkWeb, HOST, OTHER, saidOf, startHttps, verdictsOf } from '../helpers/web.ts'

const JSON_UTF8 = { 'content-type': 'application/json; charset=utf-8' }
const APPID = 'wx0123456789abcdef'
const own = { web: { miniProgram: { appid: APPID, version: '12' } } }

const ok = (response: ServerResponse) => response.writeHead(200, JSON_UTF8).end('{}')
const respond =
  (
    status: number,
    headers: Record<string, string>,
    body: string | Uint8Array = '',
  ): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(body)

async function said(answer: RequestListener, options = {}): Promise<readonly string[]> {
  return saidOf(await checkWeb('https', await startHttps(answer), '/v1/ping', options))
}

describe('who is asked, and how', () => {
  it('asks nobody unless the target or the user wants it', async () => {
    const seen: string[] = []
    const port = await startHttps(({ url = '' }, response) => {
      seen.push(url)
      ok(response)
    })
    const { observation } = await checkWeb('https', port, '')
    expect(observation.http).toBeUndefined()
    expect(seen).toEqual([])
    await checkWeb('https', port, '', { web: { http: true } })
    expect(new Set(seen)).toEqual(new Set(['/']))
  })

  it('sends GET alone, with a name of its own and the Referer of each version', async () => {
    const seen = new Set<string>()
    const port = await startHttps(({ method, url, headers }, response) => {
      expect(headers['user-agent']).toMatch(/^mpcert\/\d/)
      expect(headers.host).toBe(`${HOST}:${port}`)
      seen.add(`${method} ${url} ${headers.referer}`)
      ok(response)
    })
    const checked = await checkWeb('https', port, '/v1/ping?a=b', own)
    const page = (version: string) =>
      `https://servicewechat.com/${APPID}/${version}/page-frame.html`
    expect(seen).toEqual(
      new Set(
        [page('12'), page('0'), page('devtools'), undefined].map(one => `GET /v1/ping?a=b ${one}`),
      ),
    )
    expect(saidOf(checked)).toEqual([])
    expect(new Set(Object.values(verdictsOf(checked)).flat())).toEqual(new Set(['pass']))
  })

  it('names both hosts under the revision that has both', async () => {
    const seen = new Set<string>()
    await said(
      ({ headers }, response) => {
        seen.add(new URL(headers.referer ?? 'https://none').host)
        ok(response)
      },
      { web: { ruleSet: 'tcsas-2026-02' } },
    )
    expect(seen).toEqual(new Set(['servicewechat.com', 'appservice.wx.com', 'none']))
  })

  it('can be saved and judged again', async () => {
    const port = await startHttps(respond(200, { 'content-type': 'text/plain; charset=gbk' }, 'x'))
    const { observation, result } = await checkWeb('https', port, '/v1/ping')
    const again = decodeObservation(encodeObservation(observation), 'file')
    expect(again.http).toEqual(observation.http)
    const rejudged = judge(again, createWorld(NOW), { platforms: ['ios-17'] })
    const found = (list: typeof result.findings) =>
      list.find(({ rule }) => rule === 'response-not-utf8')?.fingerprint
    expect(found(rejudged.findings)).toBe(found(result.findings))
    expect(found(rejudged.findings)).toBeDefined()
  })

  it('concerns requests, and no socket', async () => {
    const checked = await checkWeb(
      'https',
      await startHttps(respond(200, { 'content-type': 'text/plain' }, '\ufeff\ufeffx')),
      '/v1/ping',
    )
    const { socket, request, upload, download } = verdictsOf(checked)
    expect(new Set([request, upload, download].flat())).toEqual(new Set(['fail']))
    expect(socket).not.toContain('fail')
  })

  it('tells two paths apart', async () => {
    const port = await startHttps(respond(404, JSON_UTF8, '{}'))
    const prints = await Promise.all(
      ['/a', '/b', '/b?c'].map(async path => {
        const { result } = await checkWeb('https', port, path)
        return result.findings.find(({ rule }) => rule === 'http-status-not-ok')?.fingerprint
      }),
    )
    expect(prints[0]).not.toBe(prints[1])
    expect(prints[1]).toBe(prints[2])
  })
})

describe('Referer', () => {
  const blocks =
    (test: (referer: string) => boolean): RequestListener =>
    ({ headers }, response) =>
      test(headers.referer ?? '') ? response.writeHead(403, JSON_UTF8).end('{}') : ok(response)

  it('is blocked', async () => {
    expect(
      await said(
        blocks(referer => referer !== ''),
        own,
      ),
    ).toEqual(['error referer-blocked', 'info http-status-not-ok'])
  })

  it('is perhaps not blocked where the appid is made up', async () => {
    expect(await said(blocks(referer => /wx0000/.test(referer)))).toContain('warn referer-blocked')
  })

  it('is no reason where all are refused, or where none is', async () => {
    expect(
      await said(
        blocks(() => true),
        own,
      ),
    ).toEqual(['info http-status-not-ok'])
    expect(
      await said(
        blocks(referer => referer === ''),
        own,
      ),
    ).toEqual([])
  })

  it('is no reason where the server is busy', async () => {
    const busy: RequestListener = ({ headers }, response) =>
      headers.referer ? response.writeHead(503, JSON_UTF8).end('{}') : ok(response)
    expect(await said(busy, own)).not.toContain('error referer-blocked')
  })

  it('is blocked by a server that closes the connection', async () => {
    const closes: RequestListener = ({ headers, socket }, response) =>
      headers.referer ? socket.destroy() : ok(response)
    expect(await said(closes, own)).toEqual(['error http-broken', 'error referer-blocked'])
  })

  it('decides by version', async () => {
    expect(
      await said(
        blocks(referer => /\/0\//.test(referer)),
        own,
      ),
    ).toEqual(['warn referer-version-dependent'])
    expect(
      await said(
        blocks(referer => /\/12\//.test(referer)),
        own,
      ),
    ).toContain('error referer-blocked')
  })
})

describe('redirects', () => {
  const redirecting =
    (to: (port: number) => string): RequestListener =>
    ({ url = '', headers }, response) => {
      const port = Number(new URL(`https://${headers.host}`).port)
      if (url === '/v1/ping') response.writeHead(302, { location: to(port) }).end()
      else ok(response)
    }

  it('within the host are followed', async () => {
    const port = await startHttps(redirecting(() => '/final'))
    const checked = await checkWeb('https', port, '/v1/ping', { allowed: () => true })
    expect(saidOf(checked)).toEqual([])
    expect(
      checked.observation.http?.visits[0]?.hops.map(({ url }) => new URL(url).pathname),
    ).toEqual(['/v1/ping', '/final'])
  })

  it('to another host are a remark, or an error where the list is known', async () => {
    const answer = redirecting(port => `https://${OTHER}:${port}/final`)
    expect(await said(answer)).toEqual(['info redirect-off-list'])
    const allowed = (url: string) => !url.includes(OTHER)
    expect(await said(answer, { allowed })).toEqual(['error redirect-off-list'])
    expect(await said(answer, { allowed: () => true })).toEqual([])
  })

  it('are judged for each API', async () => {
    const port = await startHttps(redirecting(own => `https://${OTHER}:${own}/final`))
    const allowed = (_: string, api: string) => api !== 'download'
    const { request, download } = verdictsOf(await checkWeb('https', port, '/v1/ping', { allowed }))
    expect(new Set(download)).toEqual(new Set(['fail']))
    expect(request).not.toContain('fail')
  })

  it('to plain HTTP lead nowhere', async () => {
    expect(await said(redirecting(port => `http://${HOST}:${port}/final`))).toEqual([
      'error http-only',
    ])
  })

  it('without end are broken', async () => {
    expect(await said(redirecting(() => '/v1/ping'))).toEqual(['error http-broken'])
    const longer: RequestListener = ({ url = '' }, response) =>
      response.writeHead(307, { location: `${url}x` }).end()
    expect(await said(longer)).toEqual(['error http-broken'])
  })

  it('to an unknown host leave the request unknown', async () => {
    const port = await startHttps(redirecting(() => 'https://nowhere.invalid/'))
    const { request } = verdictsOf(await checkWeb('https', port, '/v1/ping'))
    expect(new Set(request)).toEqual(new Set(['unknown']))
  })
})

describe('plain HTTP', () => {
  it('is found where https does not answer', async () => {
    const plain = http.createServer(respond(301, { location: `https://${HOST}/` }))
    const plainPort = await listening(plain)
    const checked = await checkWeb('https', 1, '/v1/ping', { web: { plainPort } })
    expect(saidOf(checked)).toEqual(['error http-only', 'warn address-unreachable'])
    expect(checked.result).toMatchObject({ status: 'fail', grade: 'F', error: null })
  })

  it('is not asked for where nobody wants HTTP, and nothing is said where it does not answer', async () => {
    const plain = http.createServer(respond(200, {}))
    const plainPort = await listening(plain)
    const { result } = await checkWeb('https', 1, '', { web: { plainPort } })
    expect(result.status).toBe('unreachable')
    const nothing = await checkWeb('https', 1, '/v1/ping', { web: { plainPort: 1 } })
    expect(nothing.result.status).toBe('unreachable')
  })
})

describe('text', () => {
  const GBK = Uint8Array.from([0xc4, 0xe3, 0xba, 0xc3])
  it.each([
    ['UTF-8 JSON', { 'content-type': 'application/json' }, '{"a":"你好"}', []],
    ['UTF-8 said in quotes', { 'content-type': 'text/plain; charset="UTF-8"' }, '你好', []],
    ['nothing', { 'content-type': 'text/plain' }, '', []],
    ['an image', { 'content-type': 'image/png' }, GBK, []],
    [
      'GBK, declared',
      { 'content-type': 'text/plain; charset=gbk' },
      GBK,
      ['warn response-not-utf8'],
    ],
    [
      'GBK, declared as UTF-8',
      { 'content-type': 'text/plain; charset=utf-8' },
      GBK,
      ['warn response-not-utf8'],
    ],
    ['GBK in JSON', { 'content-type': 'application/json' }, GBK, ['warn response-not-utf8']],
    [
      'GBK in a document that says so',
      { 'content-type': 'text/html' },
      '<!DOCTYPE html><meta charset="gb2312"><p>x',
      ['warn response-not-utf8'],
    ],
    [
      'a document in UTF-8 that says so',
      { 'content-type': 'text/html' },
      '<html><meta charset=utf-8>',
      [],
    ],
    ['no charset', { 'content-type': 'text/html' }, '<html>x', ['info response-charset-missing']],
    ['no type', {}, 'x', ['info response-charset-missing']],
    ['one BOM', { 'content-type': 'application/json' }, '\ufeff{}', ['info response-bom']],
    [
      'two BOMs',
      { 'content-type': 'application/json' },
      '\ufeff\ufeff{}',
      ['error response-multiple-bom'],
    ],
    ['a BOM later on', { 'content-type': 'application/json' }, '{"a":"\ufeff\ufeff"}', []],
    [
      'packed though nobody asked',
      { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      gzipSync('\ufeff{}'),
      ['info response-bom'],
    ],
  ])('%s', async (_, headers, body, expected) => {
    expect(await said(respond(200, headers as Record<string, string>, body))).toEqual(expected)
  })

  it('cannot be found out where it is packed in an unknown way', async () => {
    const headers = { 'content-type': 'text/plain', 'content-encoding': 'zstd' }
    const port = await startHttps(respond(200, headers, 'x'))
    const { request } = verdictsOf(await checkWeb('https', port, '/v1/ping'))
    expect(new Set(request)).toEqual(new Set(['unknown']))
  })

  it('is read to a limit', async () => {
    const port = await startHttps(
      respond(200, { 'content-type': 'text/plain; charset=utf-8' }, '你'.repeat(1 << 20)),
    )
    const checked = await checkWeb('https', port, '/v1/ping')
    expect(saidOf(checked)).toEqual([])
    expect(checked.observation.http?.visits[0]?.hops[0]?.result).toMatchObject({
      body: { end: 'limit', bytes: 1 << 20, invalidAt: null },
    })
  })
})

describe('answers', () => {
  it('with a status of 400 and more succeed all the same', async () => {
    expect(await said(respond(404, JSON_UTF8, '{}'))).toEqual(['info http-status-not-ok'])
    expect(await said(respond(204, JSON_UTF8))).toEqual([])
  })

  it('that are cut off, closed, or no HTTP', async () => {
    const cut: RequestListener = (_, response) => {
      response.writeHead(200, { ...JSON_UTF8, 'content-length': '10' }).write('{}')
      setTimeout(() => response.destroy(), 50)
    }
    expect(await said(cut)).toEqual(['error http-broken'])
    expect(await said(({ socket }) => socket.destroy())).toEqual(['error http-broken'])
    expect(await said(({ socket }) => socket.end('SSH-2.0-x\r\n'))).toEqual(['error http-broken'])
  })

  it('that come late', async () => {
    const late: RequestListener = (_, response) => setTimeout(() => ok(response), 300)
    const timeouts = { request: 200, upload: 500, download: 60_000 }
    const port = await startHttps(late)
    const checked = await checkWeb('https', port, '/v1/ping', { timeouts })
    const severities = checked.result.findings
      .filter(({ rule }) => rule === 'timeout-below-latency')
      .map(({ severity, apis }) => `${severity} ${apis}`)
    expect(severities).toEqual(['error request', 'warn upload'])
  })

  it('that never come', async () => {
    const timeouts = { request: 200, upload: 200, download: 60_000 }
    const port = await startHttps(() => {})
    const checked = await checkWeb('https', port, '/v1/ping', { timeouts, web: { waitMs: 300 } })
    const { request, download } = verdictsOf(checked)
    expect(new Set(request)).toEqual(new Set(['fail']))
    expect(new Set(download)).toEqual(new Set(['unknown']))
    expect(checked.observation.http?.visits).toHaveLength(1)
  })

  it('that are too late for the background', async () => {
    let waitMs = 5_050
    const late: RequestListener = (_, response) => {
      setTimeout(() => ok(response), waitMs)
      waitMs = 0
    }
    expect(await said(late)).toEqual(['warn slow-for-background'])
  })

  it('are limited in number', async () => {
    let open = 0
    const limited: RequestListener = (_, response) => {
      if (++open > 6) response.writeHead(503).end(() => open--)
      else
        setTimeout(() => {
          ok(response)
          open--
        }, 200)
    }
    expect(await said(limited)).toEqual(['warn server-parallel-limit'])
  })
})

describe('the verification file', () => {
  const name = 'MP_verify_a1b2c3.txt'
  const serve =
    (body: string, status = 200): RequestListener =>
    ({ url }, response) =>
      url === `/${name}` ? response.writeHead(status).end(body) : ok(response)
  const check = (answer: RequestListener) =>
    said(answer, { web: { verifyFile: { name, content: Buffer.from('a1b2c3') } } })

  it('is where it should be', async () => {
    expect(await check(serve('a1b2c3'))).toEqual([])
  })
  it.each([
    ['absent', serve('', 404)],
    ['a page', serve('<!doctype html><p>app')],
    ['something else', serve('a1b2c4')],
  ])('is %s', async (_, answer) => {
    expect(await check(answer)).toEqual(['info verify-file-unreachable'])
  })
})

describe('a hostile server', () => {
  it('with headers without end is cut short', async () => {
    const answer: RequestListener = ({ socket }) => {
      socket.on('error', () => {})
      socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(1 << 20)}`)
    }
    expect(await said(answer)).toEqual(['error http-broken'])
  })

  it('with a body without end is cut short', async () => {
    const drip: RequestListener = (_, response) => {
      response.writeHead(200, JSON_UTF8)
      const timer = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(timer))
    }
    const port = await startHttps(drip)
    const checked = await checkWeb('https', port, '/v1/ping', { timeoutMs: 500 })
    expect(saidOf(checked)).toEqual([])
    expect(checked.observation.http?.visits[0]?.hops[0]?.result).toMatchObject({
      body: { end: 'limit' },
    })
  })

  it('that sends news without end gets no more time than others', async () => {
    const news: RequestListener = (_, response) => {
      const timer = setInterval(() => response.writeProcessing(), 20)
      response.on('close', () => clearInterval(timer))
    }
    const web = { waitMs: 1500 }
    const checked = await checkWeb('https', await startHttps(news), '/v1/ping', {
      web,
      timeouts: { request: 1500, upload: 1500, download: 1500 },
    })
    expect(saidOf(checked)).toContain('error timeout-below-latency')
  })

  it('on the public net sends nobody to private addresses', async () => {
    const url = new URL('https://10.0.0.1/')
    const route = {
      host: HOST,
      port: 443,
      connectPort: 443,
      address: { ip: '8.8.8.8', family: 4 },
      servername: HOST,
      certificate: null,
      timeoutMs: 100,
      signal: null,
      open: new Set<never>(),
      connect: () => Promise.reject(new Error('dialled')),
    } as const
    await expect(openRoute(route, url)).rejects.toMatchObject({ code: 'ERR_FETCH' })
    await expect(openRoute(route, new URL('https://9.9.9.9/'))).rejects.toThrow('dialled')
  })
})

it('leaves all unknown where TLS was refused to us alone', async () => {
  const port = await startTcp(socket => socket.once('data', () => socket.destroy()))
  const { result } = await checkWeb('https', port, '/v1/ping')
  expect(result.status).toBe('fail')
  expect(result.findings.map(({ rule }) => rule)).toContain('handshake-broken')
})
