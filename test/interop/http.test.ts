// HTTP and WebSocket through nginx and the ws package, each judged by the real program over TLS.
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import path from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { extendedKeyUsage } from '../../src/x509/extension-builders.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { DAY_MS, freshKey, makeCa, makeLeaf, NOW } from '../helpers/certs.ts'
import { type JsonReport, type JsonTarget, runCli } from '../helpers/cli.ts'
import { listening } from '../helpers/tls-server.ts'
import { type Folder, HOST, makeFolder } from './pki.ts'
import { requireProgram, startProgram, withFreePort } from './programs.ts'

const APPID = 'wx0123456789abcdef'
const GBK = Uint8Array.from([0xc4, 0xe3, 0xba, 0xc3])
const BOM = '\ufeff'
const JSON_TYPE = 'default_type application/json;'

beforeAll(() => requireProgram('nginx'))

test.each<[string, string, readonly string[]]>([
  ['a plain answer', `location /v1 { ${JSON_TYPE} return 200 '{}'; }`, []],
  [
    'a Referer that is blocked',
    `location /v1 { valid_referers none server_names; if ($invalid_referer) { return 403; } ${JSON_TYPE} return 200 '{}'; }`,
    ['error referer-blocked', 'info http-status-not-ok'],
  ],
  [
    'a Referer that is not',
    `location /v1 { valid_referers none servicewechat.com; if ($invalid_referer) { return 403; } ${JSON_TYPE} return 200 '{}'; }`,
    [],
  ],
  [
    'a Referer whose version counts',
    `location /v1 { ${JSON_TYPE} if ($http_referer ~ /0/page-frame) { return 404; } return 200 '{}'; }`,
    ['warn referer-version-dependent'],
  ],
  [
    'a redirect within',
    `location = /v1 { return 302 /v2; } location /v2 { ${JSON_TYPE} return 200 '{}'; }`,
    [],
  ],
  ['a redirect to http', 'location /v1 { return 301 http://$host/v1; }', ['error http-only']],
  [
    'a redirect to itself',
    'location /v1 { return 301 https://$http_host/v1; }',
    ['error http-broken'],
  ],
  ['a connection that is closed (444)', 'location /v1 { return 444; }', ['error http-broken']],
  ['an error', `location /v1 { ${JSON_TYPE} return 500 '{}'; }`, ['info http-status-not-ok']],
  [
    'no charset',
    "location /v1 { default_type text/plain; return 200 'x'; }",
    ['info response-charset-missing'],
  ],
  ['a charset', "location /v1 { default_type text/plain; charset utf-8; return 200 'x'; }", []],
])('%s', async (_, location, expected) => {
  const { check } = await serve(location)
  expect(said(await check('https', '/v1'))).toEqual(expected)
})

test.each<[string, string, string | Uint8Array, readonly string[]]>([
  ['GBK', 'text/plain; charset=gbk', GBK, ['warn response-not-utf8']],
  ['GBK that claims to be UTF-8', 'text/plain; charset=utf-8', GBK, ['warn response-not-utf8']],
  ['a BOM', 'application/json', `${BOM}{}`, ['info response-bom']],
  ['two BOMs', 'application/json', `${BOM}${BOM}{}`, ['error response-multiple-bom']],
  ['none', 'application/json', '{"name":"你好"}', []],
])('a file with %s', async (_, type, body, expected) => {
  const { check, folder } = await serve(
    `location /v1 { root www; types {} default_type "${type}"; }`,
  )
  mkdirSync(path.join(folder.path, 'www'))
  writeFileSync(path.join(folder.path, 'www', 'v1'), body)
  expect(said(await check('https', '/v1'))).toEqual(expected)
})

test('a slow first byte', async () => {
  let waitMs = 5_100
  const port = await backend((_, response) => {
    setTimeout(
      () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
      waitMs,
    )
    waitMs = 0
  })
  const { check } = await serve(`location /v1 { proxy_pass http://127.0.0.1:${port}; }`)
  expect(said(await check('https', '/v1'))).toEqual(['warn slow-for-background'])
})

test('few connections at once', async () => {
  const port = await backend((_, response) => {
    setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'), 300)
  })
  const { check } = await serve(
    `location /v1 { limit_conn one 5; proxy_pass http://127.0.0.1:${port}; }`,
  )
  expect(said(await check('https', '/v1'))).toEqual(['warn server-parallel-limit'])
})

test('the verification file, and a page in its place', async () => {
  const { check } = await serve("location = /MP_verify_a1b2.txt { return 200 'a1b2'; }")
  const flags = ['--verify-file', 'MP_verify_a1b2.txt']
  expect(said(await check('https', '/MP_verify_a1b2.txt', flags))).not.toContain(
    'info verify-file-unreachable',
  )
  const other = await serve("location / { default_type text/html; return 200 '<!doctype html>'; }")
  expect(said(await other.check('https', '/', flags))).toContain('info verify-file-unreachable')
})

const UPGRADE =
  'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";'

test.each([
  ['with upgrade headers', UPGRADE, []],
  ['without', '', ['error wss-upgrade-failed']],
])('a WebSocket through nginx %s', async (_, directives, expected) => {
  const port = await backend(page, true)
  const { check } = await serve(
    `location /ws { ${directives} proxy_pass http://127.0.0.1:${port}; }`,
  )
  const target = await check('wss', '/ws')
  expect(said(target)).toEqual(expected)
  const verdicts = target.platforms.flatMap(({ cells }) => cells)
  const failed = new Set(verdicts.filter(({ verdict }) => verdict === 'fail').map(({ api }) => api))
  expect(failed).toEqual(new Set(expected.length > 0 ? ['socket'] : []))
})

test.each(['https', 'wss'])(
  'a client certificate that nginx demands by HTTP alone, %s',
  async scheme => {
    const dates = { notBefore: Date.now() - DAY_MS, notAfter: Date.now() + DAY_MS }
    const ca = makeCa('Client CA', dates)
    const key = freshKey()
    const extensions = [extendedKeyUsage('clientAuth')]
    const client = makeLeaf(['client.example'], { issuer: ca, key, extensions, ...dates })
    const folder = makeFolder()
    const flags = [
      ...['--client-cert', folder.write('client.pem', encodePem(client.der))],
      '--client-key',
      folder.write(
        'client.key',
        key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      ),
    ]
    const port = await backend(
      (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
      true,
    )
    const { check } = await serve(`
    ssl_client_certificate ${folder.write('ca.pem', encodePem(ca.der))};
    ssl_verify_client on;
    location /v1 { ${UPGRADE} proxy_pass http://127.0.0.1:${port}; }`)
    const refused = { https: 'info http-status-not-ok', wss: 'error wss-upgrade-failed' }[scheme]
    expect(said(await check(scheme, '/v1'))).toEqual([refused])
    const given = await check(scheme, '/v1', flags)
    expect(said(given)).toEqual([])
    expect(given.findings.map(({ ruleId }) => ruleId)).toContain('client-certificate-required')
  },
)

test('a WebSocket that nginx ends when it is idle', async () => {
  const port = await backend(page, true)
  const { text } = await serve(
    `location /ws { ${UPGRADE} proxy_read_timeout 1s; proxy_pass http://127.0.0.1:${port}; }`,
  )
  expect(await text('wss', '/ws', ['--idle', '10s'])).toMatch(/closed after [12] s/)
})

function said({ findings }: JsonTarget): readonly string[] {
  const web = /^(?:http|redirect|referer|response|slow|server|verify|wss|timeout)-/
  const lines = findings.filter(({ ruleId }) => web.test(ruleId))
  return [...new Set(lines.map(({ severity, ruleId }) => `${severity} ${ruleId}`))]
}

const page: RequestListener = (_, response) => response.writeHead(426).end()

/** Gives its port. */
function backend(answer: RequestListener, withWebSocket = false): Promise<number> {
  const server = createServer(answer)
  if (withWebSocket) {
    const sockets = new WebSocketServer({ server })
    onTestFinished(() => {
      for (const client of sockets.clients) client.terminate()
    })
  }
  return listening(server)
}

interface Site {
  readonly folder: Folder
  check(scheme: string, path: string, flags?: readonly string[]): Promise<JsonTarget>
  text(scheme: string, path: string, flags?: readonly string[]): Promise<string>
}

/** One process that stays in the foreground. */
async function serve(locations: string): Promise<Site> {
  const folder = makeFolder()
  const { chain, key } = folder.identity('ec-p256')
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    name => `${name}_temp_path ${folder.path}/${name};`,
  )
  const port = await withFreePort(async free => {
    const configuration = folder.write(
      'nginx.conf',
      `daemon off; master_process off; pid ${folder.path}/nginx.pid; error_log stderr notice;
      events {}
      http {
        access_log off;
        ${temporary.join('\n')}
        limit_conn_zone $server_name zone=one:1m;
        server {
          listen 127.0.0.1:${free} ssl;
          server_name ${HOST};
          ssl_certificate ${chain};
          ssl_certificate_key ${key};
          ${locations}
        }
      }`,
    )
    const args = ['-e', 'stderr', '-p', folder.path, '-c', configuration]
    await startProgram('nginx', args, /using the "\w+" event method/)
    return free
  })
  const run = (scheme: string, at: string, flags: readonly string[]) =>
    runCli([
      'check',
      `${scheme}://${HOST}:${port}${at}`,
      ...['--resolve', `${HOST}:${port}:127.0.0.1`],
      ...['--cacert', folder.root],
      ...['--at', new Date(NOW).toISOString()],
      ...['--appid', APPID],
      '--no-fetch',
      ...flags,
    ])
  return {
    folder,
    async check(scheme, at, flags = []) {
      const { stdout } = await run(scheme, at, ['-f', 'json', ...flags])
      const [target] = (JSON.parse(stdout) as JsonReport).targets
      if (!target) throw new Error('no target in the report')
      return target
    },
    text: async (scheme, at, flags = []) => (await run(scheme, at, flags)).stdout,
  }
}
