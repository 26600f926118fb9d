/** Servers that work everywhere: what must not be called wrong. */
import type { DemoCase } from '../case.ts'
import type { Expectation } from '../expectation.ts'
import { serveLeaf, tlsServer, WEAK } from '../servers.ts'

const FLAWLESS: Expectation = {
  status: 'pass',
  grade: 'A+',
  cells: { '*/*': 'pass' },
  findings: [],
}

export const sound: Readonly<Record<string, DemoCase>> = {
  'good-ecdsa': {
    shows: { en: 'EC P-256, the full chain', 'zh-CN': 'EC P-256，完整证书链' },
    serve: serveLeaf(() => ({})),
    expected: FLAWLESS,
  },
  'good-rsa': {
    shows: { en: 'RSA 2048, the full chain', 'zh-CN': 'RSA 2048，完整证书链' },
    serve: serveLeaf(({ pki }) => ({ key: pki.key('rsa-2048') })),
    expected: FLAWLESS,
  },
  'good-dual': {
    shows: {
      en: 'RSA and EC, by what the client offers',
      'zh-CN': 'RSA 与 EC 双证书，按客户端选择',
    },
    // The suite chooses in TLS 1.2, and RSA comes first there; in TLS 1.3 the scheme does, and ECDSA comes first.
    serve: ({ pki, host }) =>
      tlsServer(
        [
          [pki.leaf(host), pki.ca],
          [pki.leaf(host, { key: pki.key('rsa-2048') }), pki.ca],
        ],
        {
          ciphers:
            'TLS_AES_128_GCM_SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256',
          sigalgs: 'ecdsa_secp256r1_sha256:rsa_pss_rsae_sha256:rsa_pkcs1_sha256',
          honorCipherOrder: true,
        },
      ),
    expected: { ...FLAWLESS, chains: 2 },
  },
  'client-cert-optional': {
    shows: {
      en: 'asks for a client certificate, no more',
      'zh-CN': '请求但不强制客户端证书',
    },
    serve: serveLeaf(() => ({}), { requestCert: true, rejectUnauthorized: false }),
    expected: FLAWLESS,
  },
  'legacy-enabled': {
    shows: { en: 'TLS 1.0 and 1.1 beside 1.2 and 1.3', 'zh-CN': 'TLS 1.0 至 1.3 全部启用' },
    serve: serveLeaf(({ pki }) => ({ key: pki.key('rsa-2048') }), {
      ...WEAK,
      minVersion: 'TLSv1',
    }),
    // Deprecated, and no client is harmed: a remark.
    expected: {
      status: 'pass',
      grade: 'A',
      cells: { '*/*': 'pass' },
      findings: ['info tls-legacy-enabled'],
    },
  },
}
