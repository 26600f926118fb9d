/** Servers that answer well, but not everybody: names they do not know, newer hellos; or weak offers as well. */
import tls, { createSecureContext } from 'node:tls'
import { Reader } from '../../../bytes.ts'
import { EXTENSIONS } from '../../../wire/names.ts'
import { readExtensions } from '../../../wire/server-hello.ts'
import { encodePem } from '../../../x509/pem.ts'
import type { DemoCase, Site } from '../case.ts'
import type { Expectation } from '../expectation.ts'
import { behind, serveLeaf, tlsServer } from '../servers.ts'

/** Nobody is harmed: remarks. */
const remarkable = (finding: Expectation['findings'][number]): Expectation => ({
  status: 'pass',
  grade: 'A',
  cells: { '*/*': 'pass' },
  findings: [finding],
})

export const manner: Readonly<Record<string, DemoCase>> = {
  'default-certificate': {
    shows: {
      en: 'shows the certificate of another site without SNI',
      'zh-CN': '无 SNI 时返回其他站点的证书',
    },
    serve: site =>
      tlsServer([[site.pki.leaf('other.mpcert.test'), site.pki.ca]], {
        SNICallback: (name, done) => done(null, name === site.host ? contextOf(site) : undefined),
      }),
    expected: remarkable('info default-certificate-differs'),
  },
  'sni-required': {
    shows: { en: 'refuses clients without SNI', 'zh-CN': '拒绝不带 SNI 的客户端' },
    serve: site =>
      tls.createServer({
        SNICallback: (name, done) => done(null, name === site.host ? contextOf(site) : undefined),
      }),
    expected: remarkable('info sni-required'),
  },
  'sni-unrecognized': {
    shows: { en: 'warns that it does not know the name', 'zh-CN': '以警告表示不认识该主机名' },
    serve: site =>
      behind(serveLeaf(() => ({}), { maxVersion: 'TLSv1.2' })(site), (_, socket) => {
        socket.write(UNRECOGNIZED_NAME)
        return true
      }),
    expected: remarkable('info sni-unrecognized'),
  },
  'weak-suites': {
    shows: { en: 'accepts anonymous suites and NULL as well', 'zh-CN': '同时接受匿名与 NULL 套件' },
    serve: serveLeaf(() => ({}), { ciphers: 'ALL:eNULL@SECLEVEL=0' }),
    // Every client is given a good suite: for all it is a warning.
    expected: {
      status: 'warn',
      grade: 'B',
      cells: { '*/*': 'warn weak-cipher-accepted' },
      findings: ['warn weak-cipher-accepted'],
    },
  },
  'drops-large-hellos': {
    shows: {
      en: 'hangs up on a ClientHello over 1,500 bytes',
      'zh-CN': '遇到超过 1500 字节的 ClientHello 即断开',
    },
    serve: site => behind(serveLeaf(() => ({}))(site), hello => hello.length <= 1500),
    // iOS 26 and the newest Chromium send a post-quantum key share; the others may some day.
    expected: {
      status: 'fail',
      grade: 'F',
      cells: {
        '*/*': 'warn hello-size-intolerant',
        'ios>=26/upload': 'fail hello-size-intolerant',
        'cronet-pq,devtools-pq/*': 'fail hello-size-intolerant',
      },
      findings: ['error hello-size-intolerant'],
    },
  },
  'shuns-tls13': {
    shows: {
      en: 'TLS 1.2 alone, and hangs up on who offers 1.3 too',
      'zh-CN': '仅支持 TLS 1.2，客户端同时提供 1.3 时断开',
    },
    serve: site =>
      behind(serveLeaf(() => ({}), { maxVersion: 'TLSv1.2' })(site), hello => !offers13(hello)),
    // The system's TLS offers 1.3 since Android 10, and in iOS since 12.2.
    expected: {
      status: 'fail',
      grade: 'F',
      cells: { '*/*': 'fail version-intolerant', 'android<10/upload': 'pass' },
      findings: ['error version-intolerant'],
    },
  },
}

/** A record of one alert: warning, unrecognized_name (RFC 6066 section 3). */
const UNRECOGNIZED_NAME = Uint8Array.of(21, 3, 3, 0, 2, 1, 112)

function contextOf({ host, pki }: Site): tls.SecureContext {
  const leaf = pki.leaf(host)
  return createSecureContext({
    cert: [leaf, pki.ca].map(({ der }) => encodePem(der)).join(''),
    key: leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
  })
}

/** Only who speaks TLS 1.3 sends supported_versions. */
function offers13(hello: Uint8Array): boolean {
  // The headers of record and message, version and random.
  const reader = new Reader(hello.subarray(5 + 4 + 2 + 32), 'ClientHello')
  reader.vector(1, 'sessionId')
  reader.vector(2, 'suites')
  reader.vector(1, 'compressionMethods')
  return readExtensions(reader).has(EXTENSIONS.supported_versions)
}
