/** Chrome 72–81, the last with 3DES and SHA-1. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { schemes, suites } from '../wire/names.ts'
import chrome8392 from './chrome-83-92.ts'

const hello: Hello = {
  id: 'chrome-79',
  title: same('Chrome 72–81'),
  evidence: 'captured',
  sources: [
    'testssl.sh@9fdf8028 etc/client-simulation.txt "Chrome 79 (Win 10)"',
    'testssl.sh@9fdf8028 etc/client-simulation.txt "Android 9.0 (native)": a Google app with the same stack',
    'testssl.sh@9fdf8028 etc/client-simulation.txt "Android 10.0 (native)": likewise',
  ],
  date: '2026-06-25',
  doubts: [],
  spec: {
    ...chrome8392.spec,
    suites: [...chrome8392.spec.suites, ...suites('TLS_RSA_WITH_3DES_EDE_CBC_SHA')],
    signatureSchemes: [...chrome8392.spec.signatureSchemes, ...schemes('rsa_pkcs1_sha1')],
  },
}

export default hello
