/** Servers whose keys and signatures are too weak, or of a kind that phones do not know. */
import type { DemoCase } from '../case.ts'
import { serveLeaf, WEAK } from '../servers.ts'

/** One curve for the key exchange that every client has: what fails is then the certificate's doing. */
const P256 = { ecdhCurve: 'P-256' }

export const key: Readonly<Record<string, DemoCase>> = {
  'rsa-1024': {
    shows: { en: 'an RSA key of 1024 bits', 'zh-CN': '1024 位 RSA 密钥' },
    serve: serveLeaf(({ pki }) => ({ key: pki.key('rsa-1024') }), WEAK),
    // Apple wants 2048, on macOS too; Android and Chromium are content with 1024.
    expected: {
      status: 'fail',
      grade: 'F',
      cells: {
        'ios/*': 'fail ats-key-too-small',
        'android,harmony/*': 'pass',
        'devtools/*': 'fail key-unsupported',
      },
      findings: ['error ats-key-too-small', 'error key-unsupported'],
    },
  },
  'sha-1': {
    shows: { en: 'signed with SHA-1', 'zh-CN': '使用 SHA-1 签名' },
    serve: serveLeaf(() => ({ hash: 'SHA-1' }), WEAK),
    // Refused by iOS (since 11), by Chromium and so Cronet, by Android from 10 on.
    expected: {
      status: 'fail',
      grade: 'F',
      cells: {
        'ios/*': 'fail ats-weak-signature',
        'android,devtools/*': 'fail cert-weak-signature',
        'android<10/upload,socket': 'pass',
        'harmony/*': 'pass',
      },
      findings: ['error ats-weak-signature', 'error cert-weak-signature'],
    },
  },
  'ec-p384': {
    shows: { en: 'an EC P-384 key', 'zh-CN': 'EC P-384 密钥' },
    serve: serveLeaf(({ pki }) => ({ key: pki.key('ec-p384') }), P256),
    // The system's TLS of Android 7.0 knows P-256 alone; Cronet and wcwss bring their own.
    expected: {
      status: 'pass',
      grade: 'A',
      cells: { '*/*': 'pass', 'android<7.1.1/upload': 'fail handshake-no-common-group' },
      findings: ['info handshake-no-common-group'],
    },
  },
  'ec-p521': {
    shows: { en: 'an EC P-521 key', 'zh-CN': 'EC P-521 密钥' },
    serve: serveLeaf(({ pki }) => ({ key: pki.key('ec-p521') }), P256),
    // Its scheme is offered by the OpenSSL that stands in for wcwss, and by Android 7.1.1 alone among the systems. Who
    // speaks TLS 1.3 fails for the scheme, who does not fails for the curve.
    expected: {
      status: 'fail',
      grade: 'F',
      cells: {
        '*/*': 'fail handshake-no-common-signature',
        'android<10/upload': 'fail handshake-no-common-group',
        'android-7.1.1/upload': 'pass',
        'ios,android/socket': 'pass',
        'harmony/*': 'pass',
      },
      findings: ['error handshake-no-common-signature', 'error handshake-no-common-group'],
    },
  },
  ed25519: {
    shows: { en: 'an Ed25519 key', 'zh-CN': 'Ed25519 密钥' },
    serve: serveLeaf(({ pki }) => ({ key: pki.key('ed25519') }), P256),
    // OpenSSL offers the scheme; iOS and Android, which judge the certificate for it, know RSA and the NIST curves alone.
    expected: {
      status: 'fail',
      grade: 'F',
      cells: {
        '*/*': 'fail handshake-no-common-signature',
        'ios,android/socket': 'fail key-unsupported',
        'harmony/*': 'pass',
      },
      findings: ['error handshake-no-common-signature', 'error key-unsupported'],
    },
  },
}
