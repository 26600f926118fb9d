/** iOS 18. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { SCHEMES } from '../wire/names.ts'
import ios154 from './ios-15.4-17.ts'

const hello: Hello = {
  id: 'ios-18.4',
  title: same('iOS 18'),
  evidence: 'captured',
  sources: ['testssl.sh@9fdf8028 etc/client-simulation.txt "Safari 18.4 (iOS 18.4)"'],
  date: '2026-06-25',
  doubts: [],
  spec: {
    ...ios154.spec,
    signatureSchemes: ios154.spec.signatureSchemes.filter(scheme => scheme !== SCHEMES.ecdsa_sha1),
  },
}

export default hello
