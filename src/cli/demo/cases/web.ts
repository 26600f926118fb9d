/** Servers whose TLS is sound, and what a Mini Program meets behind it. */
import type { RequestListener } from 'node:http'
import type { DemoCase } from '../case.ts'
import { webServer } from '../servers.ts'

const URL = { scheme: 'https', path: '/v1/ping' } as const
const JSON_TYPE = { 'content-type': 'application/json' }
const ok: RequestListener = (_, response) => response.writeHead(200, JSON_TYPE).end('{}')

export const web: Readonly<Record<string, DemoCase>> = {
  'good-http': {
    shows: { en: 'answers as a Mini Program wants it', 'zh-CN': '按小程序的要求应答' },
    url: URL,
    serve: site => webServer(site, ok),
    expected: { status: 'pass', grade: 'A+', cells: { '*/*': 'pass' }, findings: [] },
  },
  'referer-blocked': {
    shows: { en: 'refuses the Referer of Mini Programs', 'zh-CN': '拒绝小程序的 Referer' },
    url: URL,
    web: { miniProgram: { appid: 'wx0123456789abcdef', version: '1' } },
    serve: site =>
      webServer(site, (request, response) =>
        request.headers.referer
          ? response.writeHead(403, JSON_TYPE).end('{}')
          : ok(request, response),
      ),
    expected: {
      status: 'fail',
      grade: 'F',
      cells: { '*/*': 'fail referer-blocked', '*/socket': 'pass' },
      findings: ['error referer-blocked', 'info http-status-not-ok'],
    },
  },
  gbk: {
    shows: { en: 'answers in GBK', 'zh-CN': '以 GBK 编码应答' },
    url: URL,
    serve: site =>
      webServer(site, (_, response) =>
        response
          .writeHead(200, { 'content-type': 'text/plain; charset=gbk' })
          .end(Uint8Array.of(0xc4, 0xe3, 0xba, 0xc3)),
      ),
    expected: {
      status: 'warn',
      grade: 'B',
      cells: { '*/*': 'warn response-not-utf8', '*/socket': 'pass' },
      findings: ['warn response-not-utf8'],
    },
  },
  'wss-without-upgrade': {
    shows: { en: 'answers wss with a page', 'zh-CN': '对 wss 返回网页而不升级' },
    url: { scheme: 'wss', path: '/ws' },
    serve: site => webServer(site, ok),
    expected: {
      status: 'fail',
      grade: 'F',
      cells: { '*/*': 'pass', '*/socket': 'fail wss-upgrade-failed' },
      findings: ['error wss-upgrade-failed'],
    },
  },
}
