/** Servers whose own certificate is at fault. */
import { DAY_MS } from '../../../text.ts'
import type { DemoCase } from '../case.ts'
import { failsEverywhere } from '../expectation.ts'
import { serveLeaf, tlsServer } from '../servers.ts'

export const leaf: Readonly<Record<string, DemoCase>> = {
  expired: {
    shows: { en: 'the certificate ended yesterday', 'zh-CN': '证书昨天过期' },
    serve: serveLeaf(({ pki: { at } }) => ({ notBefore: at - 41 * DAY_MS, notAfter: at - DAY_MS })),
    expected: failsEverywhere('cert-expired'),
  },
  'not-yet-valid': {
    shows: { en: 'the certificate begins tomorrow', 'zh-CN': '证书明天才生效' },
    serve: serveLeaf(({ pki: { at } }) => ({ notBefore: at + DAY_MS, notAfter: at + 41 * DAY_MS })),
    expected: failsEverywhere('cert-not-yet-valid'),
  },
  expiring: {
    shows: { en: '8 of 40 days left', 'zh-CN': '40 天有效期仅剩 8 天' },
    // Less than a quarter, which is 10 days; more than an eighth, which is 5.
    serve: serveLeaf(({ pki: { at } }) => ({
      notBefore: at - 32 * DAY_MS,
      notAfter: at + 8 * DAY_MS,
    })),
    expected: {
      status: 'warn',
      grade: 'B',
      cells: { '*/*': 'warn cert-expiring' },
      findings: ['warn cert-expiring'],
    },
  },
  'wrong-name': {
    shows: { en: 'a certificate for another name', 'zh-CN': '证书属于其他域名' },
    serve: serveLeaf(() => ({ names: ['other.mpcert.test', '*.wrong-name.mpcert.test'] })),
    expected: failsEverywhere('hostname-mismatch'),
  },
  'cn-only': {
    shows: { en: 'the name in the commonName alone', 'zh-CN': '域名仅在 commonName 中' },
    serve: serveLeaf(({ host }) => ({ subject: host, without: ['subjectAltName'] })),
    // iOS looks there until 12, Android as shipped until 8.1; Chromium, and so Cronet, nowhere.
    expected: {
      status: 'fail',
      grade: 'F',
      cells: {
        '*/*': 'fail san-missing',
        'ios<13/upload,socket': 'pass',
        'android<9/upload,socket': 'pass',
        'harmony/*': 'pass',
      },
      findings: ['error san-missing'],
    },
  },
  'no-eku': {
    shows: { en: 'no extended key usage', 'zh-CN': '没有扩展密钥用途' },
    serve: serveLeaf(() => ({ without: ['extendedKeyUsage'] })),
    // Apple demands serverAuth from iOS 13 on, macOS alike; to all others an absent one says yes.
    expected: {
      status: 'fail',
      grade: 'F',
      cells: {
        '*/*': 'pass',
        'ios>=13/*': 'fail cert-eku-missing',
        'devtools/*': 'fail cert-eku-missing',
      },
      findings: ['error cert-eku-missing'],
    },
  },
  'five-years': {
    shows: { en: 'a certificate for five years', 'zh-CN': '有效期五年的证书' },
    serve: serveLeaf(({ pki: { at } }) => ({ notAfter: at + 1815 * DAY_MS, logs: 5 })),
    // Apple from iOS 13 on (825 days, then 398) and Chromium refuse it; iOS 12 and Android know no limit. What CAs may
    // issue is less than that everywhere.
    expected: {
      status: 'fail',
      grade: 'F',
      cells: {
        '*/*': 'fail cert-lifetime-too-long',
        'ios<13/upload,socket': 'warn cert-lifetime-over-schedule',
        'android/upload,socket': 'warn cert-lifetime-over-schedule',
        'harmony/*': 'warn cert-lifetime-over-schedule',
      },
      findings: ['error cert-lifetime-too-long', 'warn cert-lifetime-over-schedule'],
    },
  },
  'no-transparency': {
    shows: { en: 'no certificate timestamps (SCT)', 'zh-CN': '没有 SCT' },
    serve: serveLeaf(() => ({ logs: 0 })),
    // NSURLSession refuses it; Cronet on iOS passes the test over, and of wcwss nobody knows. Android from 17 on.
    expected: {
      status: 'fail',
      grade: 'F',
      cells: {
        '*/*': 'warn ct-missing',
        'ios/upload': 'fail ct-missing',
        'android<17,harmony/*': 'pass',
      },
      findings: ['error ct-missing'],
    },
  },
  'self-signed': {
    shows: { en: 'the certificate signed itself', 'zh-CN': '自签名证书' },
    serve: ({ pki, host }) => tlsServer([[pki.leaf(host, { issuer: undefined, logs: 0 })]]),
    expected: failsEverywhere('cert-self-signed'),
  },
}
