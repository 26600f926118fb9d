/** Servers that staple an OCSP response: their CA's word on the certificate. */
import { DAY_MS } from '../../../text.ts'
import { tlsFeature } from '../../../x509/extension-builders.ts'
import { issueOcspResponse, type OcspSpec } from '../../../x509/issue-ocsp.ts'
import type { DemoCase, Site } from '../case.ts'
import { failsEverywhere } from '../expectation.ts'
import { tlsServer } from '../servers.ts'

export const staple: Readonly<Record<string, DemoCase>> = {
  'staple-good': {
    shows: { en: 'must-staple, and a good staple', 'zh-CN': 'must-staple，装订有效' },
    serve: serveStapled(() => ({})),
    expected: { status: 'pass', grade: 'A+', cells: { '*/*': 'pass' }, findings: [] },
  },
  'staple-revoked': {
    shows: { en: 'the staple says revoked', 'zh-CN': '装订的响应表明已吊销' },
    // The OpenSSL of wcwss does not ask for it, and the certificate is revoked all the same.
    serve: serveStapled(({ pki: { at } }) => ({
      status: { revokedAt: at - 2 * DAY_MS, reason: KEY_COMPROMISE },
    })),
    expected: failsEverywhere('cert-revoked'),
  },
  'staple-expired': {
    shows: { en: 'the staple ended yesterday', 'zh-CN': '装订的响应昨天过期' },
    serve: serveStapled(({ pki: { at } }) => ({ nextUpdate: at - DAY_MS })),
    // No matter to those who do not ask for it: OpenSSL, and Android until 7.1.
    expected: {
      status: 'warn',
      grade: 'B',
      cells: {
        '*/*': 'warn ocsp-staple-invalid',
        'ios,android/socket': 'pass',
        'android<8/upload': 'pass',
        'harmony/*': 'pass',
      },
      findings: ['warn ocsp-staple-invalid'],
    },
  },
}

const STATUS_REQUEST = 5
const KEY_COMPROMISE = 1

/** The usual chain, with a response of three days ago that holds for a week. */
function serveStapled(change: (site: Site) => Partial<OcspSpec>): DemoCase['serve'] {
  return site => {
    const { pki, host } = site
    const leaf = pki.leaf(host, { extensions: [tlsFeature(STATUS_REQUEST)] })
    const response = issueOcspResponse({
      certificate: leaf,
      issuer: pki.ca,
      thisUpdate: pki.at - 3 * DAY_MS,
      nextUpdate: pki.at + 4 * DAY_MS,
      ...change(site),
    })
    const answer = Buffer.from(response)
    return tlsServer([[leaf, pki.ca]]).on('OCSPRequest', (_, __, send) => send(null, answer))
  }
}
