// Three Mini Programs with planted faults: exactly these findings, at these lines, and a report that keeps its schema.
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { expect, test } from 'vitest'
import { type JsonReport, runCli } from '../helpers/cli.ts'

const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  'plain-js': [
    'mpcert.config.json:4:16 error domain-is-ip',
    'mpcert.config.json:7:42 error domain-is-localhost',
    'pages/index/index.js:7:26 error domain-listed-for-other-api',
    'extra/page.js:8:28 error domain-not-listed',
    'pages/index/index.js:6:23 error domain-not-listed',
    'pages/index/index.wxml:5:18 error domain-not-listed',
    'pages/index/index.js:14:23 error port-explicit-default',
    'pages/index/index.js:13:23 error port-mismatch',
    'pages/index/index.js:15:23 error port-not-configured',
    'mpcert.config.json:9:13 error scheme-api-mismatch',
    'pages/index/index.js:12:29 error scheme-api-mismatch',
    'mpcert.config.json:4:16 error scheme-not-https',
    'pages/index/index.js:10:23 error scheme-not-https',
    'mpcert.config.json:7:42 error scheme-not-wss',
    'pages/index/index.js:11:29 error scheme-not-wss',
    'app.json:7:5 error timeout-invalid',
    'app.json:8:5 error timeout-invalid',
    'pages/index/index.js:8:23 error url-loopback',
    'pages/index/index.wxml:3:15 warn asset-not-https',
    'pages/index/index.wxss:2:23 warn asset-not-https',
    'pages/index/index.js:19:17 warn referer-set-in-code',
    'pages/index/index.js:18:16 warn timeout-call-over-max',
    'app.json:6:5 warn timeout-over-max',
    'pages/index/index.js:9:23 warn url-lan-ip',
    'project.private.config.json:3:5 warn urlcheck-disabled',
    'project.config.json:2:3 info appid-missing',
    'pages/index/index.js:27:7 info concurrency-over-10',
    'pages/index/index.js:44:5 info sockets-over-5',
    'pages/index/index.js:20:7 info statuscode-unchecked',
  ],
  typescript: [
    'package.json:8:46 error api-weixin-listed',
    'miniprogram/http.ts:20:23 error domain-not-listed',
    'miniprogram/miniprogram_npm/request-kit/index.js:2:50 error domain-not-listed',
    'miniprogram/pages/index/index.wxml:1:55 warn asset-not-https',
    'miniprogram/env.ts:8:51 warn domain-not-listed',
    '- info icp-not-verifiable',
    'miniprogram/http.ts:12:16 info statuscode-unchecked',
  ],
  'uni-app': [
    'pages/index/index.js:7:45 error domain-listed-for-other-api',
    'pages/index/index.js:10:42 error domain-not-listed',
    'mpcert.config.json:4:44 error port-mismatch',
    'pages/index/index.js:13:26 error url-loopback',
    'pages/index/index.wxml:1:13 warn asset-not-https',
    'app.json:1:55 warn timeout-over-max',
    'project.config.json:4:16 warn urlcheck-disabled',
    'project.config.json:3:3 info appid-missing',
    'pages/index/index.js:10:80 info statuscode-unchecked',
  ],
}

test.each(Object.entries(SAMPLES))('%s', async (name, expected) => {
  const [report, again] = await Promise.all([run(name), run(name)])
  const [target] = report.targets
  expect(target?.findings.map(describeFinding)).toEqual(expected)
  expect(target).toMatchObject({ host: null, port: null, status: 'fail', grade: 'F' })
  expect(again.targets).toEqual(report.targets)
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
  formats.default(ajv)
  ajv.validate(JSON.parse((await runCli(['schema'])).stdout), report)
  expect(ajv.errors).toBeNull()
  const prints = target?.findings.map(({ fingerprint }) => fingerprint)
  expect(new Set(prints).size).toBe(expected.length)
})

test('what is not certain is counted, not guessed', async () => {
  const { targets } = await run('plain-js')
  expect(targets[0]?.project).toMatchObject({
    unknownUrls: 2,
    unknownLists: [],
    timeouts: { request: 10_000, connectSocket: 60_000, uploadFile: 60_000, downloadFile: 60_000 },
    skipped: [{ file: 'docs/old.js', why: 'ignored' }],
  })
})

test('the text names each file once, and says what was not read', async () => {
  const { stdout, code } = await runCli(['project', 'test/projects/plain-js', '--lang', 'zh-CN'])
  expect(code).toBe(1)
  expect(stdout.match(/^ pages\/index\/index\.js$/gm)).toHaveLength(1)
  expect(stdout).toMatch(/^ {3}8:23 +✗ wx\.request 使用了 http:\/\/localhost:3000\/x/m)
  expect(stdout).toMatch(/2 处调用的网址在运行时拼接/)
  expect(stdout).toMatch(/未读取（被 packOptions\.ignore 排除）：docs\/old\.js/)
})

async function run(name: string): Promise<JsonReport> {
  const { stdout, code } = await runCli(['project', `test/projects/${name}`, '-f', 'json'])
  expect(code).toBe(1)
  return JSON.parse(stdout) as JsonReport
}

function describeFinding(finding: JsonReport['targets'][number]['findings'][number]): string {
  const { location, severity, ruleId } = finding
  const place = location ? `${location.file}:${location.line}:${location.column}` : '-'
  return `${place} ${severity} ${ruleId}`
}
