/** Servers whose own certificate is good; what stands above it is not, or is not sent as it should be. */
import { DAY_MS } from '../../../text.ts'
import { authorityInfoAccess, nameConstraints } from '../../../x509/extension-builders.ts'
import type { DemoCase } from '../case.ts'
import { type Expectation, failsEverywhere } from '../expectation.ts'
import { tlsServer } from '../servers.ts'

/** No client needs more than a path: what stands beside it is a remark. */
const REMARK: Omit<Expectation, 'findings'> = {
  status: 'pass',
  grade: 'A',
  cells: { '*/*': 'pass' },
}

export const chain: Readonly<Record<string, DemoCase>> = {
  incomplete: {
    shows: {
      en: 'no intermediate; its URL works',
      'zh-CN': '缺中间证书，可下载',
    },
    serve: ({ pki, host }) =>
      tlsServer([
        [pki.leaf(host, { extensions: [authorityInfoAccess({ caIssuers: [pki.issuerUrl] })] })],
      ]),
    // iOS and desktops fetch it, on iOS for certain only where the system's own stack runs; Android never does.
    expected: {
      status: 'fail',
      grade: 'F',
      cells: { '*/*': 'warn chain-incomplete', 'android,harmony/*': 'fail chain-incomplete' },
      findings: ['error chain-incomplete'],
    },
  },
  'incomplete-dead-link': {
    shows: {
      en: 'no intermediate; its URL is dead',
      'zh-CN': '缺中间证书，下载地址失效',
    },
    serve: ({ pki, host }) =>
      tlsServer([
        [pki.leaf(host, { extensions: [authorityInfoAccess({ caIssuers: [pki.deadUrl] })] })],
      ]),
    // What a client that fetches would make of an issuer nobody has seen cannot be known.
    expected: {
      status: 'fail',
      grade: 'F',
      cells: { '*/*': 'unknown chain-incomplete', 'android,harmony/*': 'fail chain-incomplete' },
      findings: ['error chain-incomplete'],
    },
  },
  'incomplete-no-link': {
    shows: {
      en: 'no intermediate, and no URL for it',
      'zh-CN': '缺中间证书，无下载地址',
    },
    serve: ({ pki, host }) => tlsServer([[pki.leaf(host)]]),
    expected: failsEverywhere('chain-incomplete'),
  },
  'wrong-order': {
    shows: { en: 'two intermediates, the upper one first', 'zh-CN': '中间证书顺序颠倒' },
    serve({ pki, host }) {
      const upper = pki.authority('Demo Upper CA')
      const lower = pki.authority('Demo Lower CA', { issuer: upper })
      return tlsServer([[pki.leaf(host, { issuer: lower }), upper, lower]])
    },
    // Every verifier of today sorts; RFC 5246 demanded the order.
    expected: {
      status: 'warn',
      grade: 'B',
      cells: { '*/*': 'warn chain-order' },
      findings: ['warn chain-order'],
    },
  },
  duplicate: {
    shows: { en: 'the intermediate is sent twice', 'zh-CN': '中间证书重复发送' },
    serve: ({ pki, host }) => tlsServer([[pki.leaf(host), pki.ca, pki.ca]]),
    expected: { ...REMARK, findings: ['info chain-duplicate'] },
  },
  'root-included': {
    shows: { en: 'the root is sent along', 'zh-CN': '附带发送根证书' },
    serve: ({ pki, host }) => tlsServer([[pki.leaf(host), pki.ca, pki.root('everywhere')]]),
    expected: { ...REMARK, findings: ['info chain-contains-root'] },
  },
  'unrelated-cert': {
    shows: {
      en: 'an intermediate too many',
      'zh-CN': '多发一张无关中间证书',
    },
    serve: ({ pki, host }) =>
      tlsServer([[pki.leaf(host), pki.ca, pki.authority('Demo CA of Another Year')]]),
    expected: { ...REMARK, findings: ['info chain-unrelated-cert'] },
  },
  'intermediate-expired': {
    shows: { en: 'the intermediate ended yesterday', 'zh-CN': '中间证书昨天过期' },
    serve({ pki, host }) {
      const ca = pki.authority('Demo CA of Yesterday', { notAfter: pki.at - DAY_MS })
      return tlsServer([[pki.leaf(host, { issuer: ca }), ca]])
    },
    expected: failsEverywhere('intermediate-expired'),
  },
  'bad-signature': {
    shows: { en: 'one bit of the signature is wrong', 'zh-CN': '证书签名有一位错误' },
    serve: ({ pki, host }) => tlsServer([[pki.leaf(host, { corrupted: true }), pki.ca]]),
    expected: failsEverywhere('cert-signature-bad'),
  },
  'forbidden-name': {
    shows: {
      en: 'the intermediate is for another domain',
      'zh-CN': '中间证书仅限其他域名',
    },
    serve({ pki, host }) {
      const ca = pki.authority('Demo CA for example.org', {
        extensions: [nameConstraints({ permitted: ['example.org'] })],
      })
      return tlsServer([[pki.leaf(host, { issuer: ca }), ca]])
    },
    expected: failsEverywhere('chain-constraint-violated'),
  },
  'untrusted-root': {
    shows: { en: 'a private root that no system holds', 'zh-CN': '任何系统都未内置的私有根' },
    serve({ pki, host }) {
      const root = pki.authority('Private Root', { issuer: undefined })
      const ca = pki.authority('Private CA', { issuer: root })
      return tlsServer([[pki.leaf(host, { issuer: ca }), ca]])
    },
    expected: failsEverywhere('root-untrusted'),
  },
  'root-missing-on-old': {
    shows: {
      en: 'a root since Android 7.1.1',
      'zh-CN': 'Android 7.1.1 起内置的根',
    },
    serve({ pki, host }) {
      const ca = pki.authority('Demo CA of 2016', { issuer: pki.root('newerAndroid') })
      return tlsServer([[pki.leaf(host, { issuer: ca }), ca]])
    },
    // Only what is older than the phones that count.
    expected: {
      status: 'pass',
      grade: 'A',
      cells: { '*/*': 'pass', 'android<7.1.1/*': 'fail root-missing-on-old-os' },
      findings: ['info root-missing-on-old-os'],
    },
  },
  'root-too-new': {
    shows: {
      en: 'a root since iOS 17.4 and Android 15',
      'zh-CN': 'iOS 17.4、Android 15 起内置的根',
    },
    serve({ pki, host }) {
      const ca = pki.authority('Demo CA of 2023', { issuer: pki.root('newest') })
      return tlsServer([[pki.leaf(host, { issuer: ca }), ca]])
    },
    expected: {
      status: 'fail',
      grade: 'F',
      cells: {
        '*/*': 'pass',
        'ios<17.4/*': 'fail root-untrusted',
        'android<15,harmony<6.1/*': 'fail root-untrusted',
      },
      findings: ['error root-untrusted'],
    },
  },
}
