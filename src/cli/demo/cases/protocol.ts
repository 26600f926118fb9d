/** Servers that speak TLS in a way that some clients, or all of them, cannot follow. */
import tls from 'node:tls'
import type { DemoCase } from '../case.ts'
import { failsEverywhere } from '../expectation.ts'
import { serveLeaf, WEAK } from '../servers.ts'

export const protocol: Readonly<Record<string, DemoCase>> = {
  'tls13-only': {
    shows: { en: 'TLS 1.3 alone', 'zh-CN': '仅支持 TLS 1.3' },
    serve: serveLeaf(() => ({}), { minVersion: 'TLSv1.3' }),
    // The system's TLS ends at 1.2 before Android 10.
    expected: {
      status: 'fail',
      grade: 'F',
      cells: { '*/*': 'pass', 'android<10/upload': 'fail handshake-no-common-version' },
      findings: ['error handshake-no-common-version', 'warn tls13-only'],
    },
  },
  'tls11-at-most': {
    shows: { en: 'TLS 1.0 and 1.1 alone', 'zh-CN': '仅支持 TLS 1.0 与 1.1' },
    serve: serveLeaf(({ pki }) => ({ key: pki.key('rsa-2048') }), {
      ...WEAK,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
    }),
    // The demand is TLS 1.2 for all, even where an old client could still connect. Most cannot.
    expected: {
      status: 'fail',
      grade: 'F',
      cells: {
        '*/*': 'fail handshake-no-common-version',
        'ios/upload': 'fail ats-tls-version',
        'android<13/upload': 'fail tls-too-old',
        'devtools/*': 'fail tls-too-old',
        'devtools-pq/*': 'fail handshake-no-common-version',
      },
      findings: ['error tls-too-old', 'error handshake-no-common-version', 'error ats-tls-version'],
    },
  },
  'static-rsa': {
    shows: {
      en: 'a suite without forward secrecy alone',
      'zh-CN': '仅支持无前向保密的套件',
    },
    serve: serveLeaf(({ pki }) => ({ key: pki.key('rsa-2048') }), {
      maxVersion: 'TLSv1.2',
      ciphers: 'AES128-GCM-SHA256',
    }),
    // All offer TLS_RSA_WITH_AES_128_GCM_SHA256 but what App Transport Security binds.
    expected: {
      status: 'fail',
      grade: 'F',
      cells: { '*/*': 'pass', 'ios/upload': 'fail ats-cipher-not-allowed' },
      findings: ['error ats-cipher-not-allowed'],
    },
  },
  'dhe-only': {
    shows: { en: 'finite-field Diffie-Hellman alone', 'zh-CN': '仅支持 DHE 密钥交换' },
    serve: serveLeaf(({ pki }) => ({ key: pki.key('rsa-2048') }), {
      maxVersion: 'TLSv1.2',
      ciphers: 'DHE-RSA-AES128-GCM-SHA256',
      dhparam: 'auto',
    }),
    // Nobody offers it any more but the OpenSSL that stands in for wcwss and for HarmonyOS.
    expected: {
      status: 'fail',
      grade: 'F',
      cells: {
        '*/*': 'fail handshake-no-common-cipher',
        'ios/upload': 'fail ats-cipher-not-allowed',
        'ios,android/socket': 'pass',
        'harmony/*': 'pass',
      },
      findings: ['error handshake-no-common-cipher', 'error ats-cipher-not-allowed'],
    },
  },
  'client-cert-required': {
    shows: { en: 'demands a client certificate', 'zh-CN': '强制要求客户端证书' },
    serve: serveLeaf(() => ({}), { requestCert: true, rejectUnauthorized: true }),
    expected: failsEverywhere('client-certificate-required'),
  },
  'no-certificate': {
    shows: { en: 'no certificate is set up', 'zh-CN': '没有配置证书' },
    serve: () => tls.createServer({}),
    expected: failsEverywhere('handshake-refused'),
  },
}
