// Whoever makes a certificate, runs a server or names a file may write anything: reports stay whole, and it stays text.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import fc from 'fast-check'
import { afterAll, beforeAll, it } from 'vitest'
import type { Attempt, Observation } from '../../src/observation.ts'
import type { Result, TargetResult } from '../../src/report.ts'
import { type ReportId, reports } from '../../src/reports/index.ts'

import { LOCALES, type Locale } from '../../src/text.ts'
import { NOTHING_SHOWN } from '../../src/wire/session.ts'
import { TAG } from '../../src/x509/der.ts'
import { element, oid, sequence, setOf, utf8String } from '../../src/x509/der-writer.ts'
import { authorityInfoAccess } from '../../src/x509/extension-builders.ts'
import { COMMON_NAME_OID } from '../../src/x509/oids.ts'
import { DAY_MS, makeCa, makeLeaf, NOW, testKey } from '../helpers/certs.ts'

import { requireInert } from '../helpers/inert.ts'
import { draw, ignoring, judged, judgedFolder, resultOf, worldWith } from '../helpers/results.ts'

const TRICKS = [
  '\u001b[31m\u001b]0;title\u0007',
  '\u009b2J\u0090',
  '\u0000\u0008\u007f',
  '\r\n\n',
  '\n✓ forged',
  '\u202egnp.exe\u202c\u2066\u200f\u061c',
  '\u2028\u2029',
  '\ud800',
  '\udfff\ud83d',
  '\ufffe\uffff',
  '"><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  '<img src=x onerror=alert(1)>',
  '</style></title></pre></bdi>',
  '<!-- ',
  ']]>',
  '&lt;b&#62;',
  ' | | | ',
  '`` ``` `',
  '~~~',
  '\n\n# heading\n\n- item\n\n    code\n\n---\n',
  '- ',
  '1. ',
  '+ ',
  '[link](https://evil.example) ![](//evil.example/x.png)',
  '<https://evil.example> https://evil.example www.evil.example',
  '@everyone someone@evil.example',
  '**bold** _low_ ~~gone~~ \\',
  '=cmd|"/C calc"!A0',
  '+1',
  '-1',
  '@SUM(1)',
  "\t=1,'2'",
  '"a","b"\r\n"c"',
  '{0} %s $x %0a',
  "'x_days'=1;;;; | y=2",
  '\\n\\"',
  '\\',
] as const

const trick = fc
  .array(fc.oneof(fc.constantFrom(...TRICKS), fc.string({ unit: 'binary', maxLength: 4 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map(parts => parts.join(''))
const words = fc.array(trick, { minLength: 8, maxLength: 8 })

/** A commonName; only UTF-16 has room for half a character. */
function nameOf(text: string): Uint8Array {
  const value = /\p{Cs}/u.test(text)
    ? element(TAG.bmpString, Buffer.from(text, 'utf16le').swap16())
    : utf8String(text)
  return sequence(setOf(sequence(oid(COMMON_NAME_OID), value)))
}

/** A server of each kind that lets strangers speak, and a folder. */
async function hostileResult(said: readonly string[], folder: string): Promise<Result> {
  const [subject = '', ca = '', top = '', san = '', url = '', input = '', alpn = '', error = ''] =
    said
  const root = makeCa(nameOf(top), { key: testKey('ec-p256', 901) })
  const issuer = makeCa(nameOf(ca), { issuer: root, key: testKey('ec-p256', 902) })
  const leaf = (days: number, ...names: readonly string[]) =>
    makeLeaf(names, {
      issuer,
      subject: nameOf(subject),
      notAfter: NOW + days * DAY_MS,
      extensions: [authorityInfoAccess({ caIssuers: [url] })],
    }).der
  const world = worldWith(root.der)
  const alone = makeLeaf([san], { subject: nameOf(subject), without: ['subjectAltName'] }).der
  const address = `https://path.example/${input}`
  const targets = [
    judged('sound.example', [leaf(60, 'sound.example', san), issuer.der, root.der], { world }),
    judged('over.example', [leaf(-1, san), issuer.der, issuer.der], { world }),
    judged('partial.example', [leaf(60, 'partial.example')], { world }),
    judged('alone.example', [alone, leaf(3, san)], { world, change: speaking(alpn) }),
    judged(address, null, { world, change: failing(error) }),
    judged('web.example', [leaf(60, 'web.example'), issuer.der], { world, change: asked(alpn) }),
    judged('plain.example', [leaf(60, 'plain.example')], { world, change: greeting(error) }),
    await judgedFolder(folder, input),
  ]
  const ignored = targets.map(target => ignoring(target, { rule: 'cert-expired', reason: error }))
  return resultOf(
    ignored.map((one, index) => placed(one, index === 0 ? input : null)),
    world,
  )
}

function placed(target: TargetResult, file: string | null): TargetResult {
  return file === null ? target : { ...target, origin: { file, line: 1, column: 1 } }
}

type Change = (observation: Observation) => Observation

/** Each hello is answered otherwise. */
function answering(answer: (attempt: Attempt) => Attempt): Change {
  return seen => ({
    ...seen,
    nodes: seen.nodes.map(node => ({
      ...node,
      attempts: Object.fromEntries(
        Object.entries(node.attempts).map(([id, attempt]) => [id, answer(attempt)]),
      ),
    })),
  })
}

/** With a protocol of its own. */
function speaking(alpn: string): Change {
  return answering(attempt =>
    attempt.kind === 'server-hello' ? { ...attempt, server: { ...attempt.server, alpn } } : attempt,
  )
}

/** With something that is not TLS. */
function greeting(text: string): Change {
  const firstBytes = Buffer.from(`HTTP/1.1 ${text}`)
  return answering(() => ({
    kind: 'not-tls',
    looksLike: 'http',
    firstBytes,
    server: NOTHING_SHOWN,
    bytes: 0,
  }))
}

function failing(text: string): Change {
  const error = {
    code: 'ERR_STARTTLS',
    phase: 'starttls',
    system: null,
    text: { en: `it says ${text}`, 'zh-CN': `服务器返回 ${text}` },
  } as const
  return seen => ({ ...seen, resolution: { state: 'failed', error }, nodes: [] })
}

/** By HTTP and by WebSocket. */
function asked(text: string): Change {
  const url = 'https://web.example/'
  const body = { bytes: 1, end: 'complete', boms: 2, charset: text, invalidAt: 0 } as const
  const result = {
    kind: 'answered',
    status: 404,
    contentType: `text/html; charset=${text}`,
    location: null,
    date: null,
    hsts: text,
    firstByteMs: 1,
    body: { ...body, looksLike: 'html' },
  } as const
  const common = { ip: '203.0.113.7', burst: [] } as const
  return seen => ({
    ...seen,
    http: {
      ...common,
      path: '/',
      dnsMs: 1,
      ownAppid: false,
      visits: [{ as: 'release', referer: null, hops: [{ url, result }] }],
      plain: null,
      verifyFile: null,
    },
    websocket: {
      ...common,
      url,
      protocols: [text],
      upgrade: { kind: 'refused', why: 'status', status: 200, location: null, detail: text },
    },
  })
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mpcert-hostile-'))
  writeFileSync(path.join(folder, 'app.json'), '{"networkTimeout":{"\u001b[31m</td>":1}}')
  // Windows has no such names.
  const file = process.platform === 'win32' ? "='+`.js" : '=\u001b[31m\u202e|\n`<img src=x>.js'
  const urls = TRICKS.map(text => `wx.request({ url: ${JSON.stringify(`http://h/${text}`)} })`)
  writeFileSync(path.join(folder, file), urls.join('\n'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Every report in every language, from one result. */
async function expectInert(result: Result, locales: readonly Locale[] = LOCALES): Promise<void> {
  for (const id of Object.keys(reports) as ReportId[]) {
    const report = await reports[id]()
    for (const locale of locales)
      try {
        requireInert(id, draw(report, result, { locale }), result)
      } catch (cause) {
        throw new Error(`${id} in ${locale}: ${String(cause)}`, { cause })
      }
  }
}

// Ten reports in two languages each time take what a busy machine gives.
it('stays whole and inert', async () => {
  await fc.assert(
    fc.asyncProperty(words, async said => expectInert(await hostileResult(said, folder))),
    { numRuns: 4, endOnFailure: true },
  )
}, 120_000)

it.each([0, 1, 2, 3, 4])('stays whole and inert with every trick, part %i', async part => {
  await expectInert(await hostileResult(TRICKS.slice(8 * part, 8 * part + 8), folder))
})

it.each([
  ['Latin', 'A'.repeat(65_536)],
  ['Chinese', '中'.repeat(22_000)],
  ['blanks', ' '.repeat(65_536)],
  ['signs', '<|`'.repeat(22_000)],
])('stays whole with names of 64 KB: %s', async (_, long) => {
  const names = Array(5).fill(long)
  const result = await hostileResult([...names, ...Array(3).fill(long.slice(0, 100))], folder)
  await expectInert(result, ['zh-CN'])
})
