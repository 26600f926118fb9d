/** iOS 15.4 to 17. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import type { ExtensionSpec } from '../wire/client-hello.ts'
import { certificateCompressions, suites } from '../wire/names.ts'
import ios14 from './ios-14.ts'

const dropped = new Set(
  suites(
    'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384',
    'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
    'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
    'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
    'TLS_RSA_WITH_AES_256_CBC_SHA256',
    'TLS_RSA_WITH_AES_128_CBC_SHA256',
  ),
)

const hello: Hello = {
  id: 'ios-15.4-17',
  title: same('iOS 15.4–17'),
  evidence: 'captured',
  sources: [
    'testssl.sh@9fdf8028 etc/client-simulation.txt "Safari 15.4 (macOS 12.3.1)"',
    'utls@ab377759 u_parrots.go HelloSafari_16_0',
  ],
  date: '2026-06-25',
  doubts: [
    {
      en: 'Captured on macOS 12.3; where both were captured, iOS and macOS send the same.',
      'zh-CN': '抓自 macOS 12.3；凡两者均有抓包的版本，iOS 与 macOS 相同。',
    },
    {
      en: 'ecdsa_sha1 left the list somewhere between 16.0 and 18.4.',
      'zh-CN': 'ecdsa_sha1 在 16.0 与 18.4 之间某版本被移除。',
    },
  ],
  spec: {
    ...ios14.spec,
    suites: ios14.spec.suites.filter(suite => !dropped.has(suite)),
    certificateCompression: certificateCompressions('zlib'),
    extensions: ios14.spec.extensions.flatMap<ExtensionSpec>(name =>
      name === 'supported_versions' ? [name, 'compress_certificate'] : [name],
    ),
  },
}

export default hello
