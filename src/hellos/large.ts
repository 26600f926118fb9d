/** Our own: a hello of usual content filled up to the size of a post-quantum one, to tell the one trouble from the other. */
import type { Hello } from '../hello.ts'
import { EXTENSIONS } from '../wire/names.ts'
import openssl111 from './openssl-1.1.1d.ts'

/** With all else of the hello about 1,800 bytes, as Chromium's. */
const FILLING = 1400

const hello: Hello = {
  ...openssl111,
  id: 'large',
  title: { en: 'over 1,500 bytes', 'zh-CN': '超过 1500 字节' },
  evidence: 'described',
  sources: ['RFC 7685', 'https://tldr.fail/'],
  doubts: [],
  spec: {
    ...openssl111.spec,
    extensions: [
      ...openssl111.spec.extensions,
      { type: EXTENSIONS.padding, body: new Uint8Array(FILLING) },
    ],
  },
  aside: 'large',
}

export default hello
