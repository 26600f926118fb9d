/** Android 7.1.1: the hello of 7.0 without its fault of offering one curve only. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { groups } from '../wire/names.ts'
import android70 from './android-7.0.ts'

const hello: Hello = {
  ...android70,
  id: 'android-7.1.1',
  title: same('Android 7.1.1'),
  evidence: 'described',
  sources: [
    ...android70.sources,
    'libcore support/src/test/java/libcore/java/security/StandardNames.java ELLIPTIC_CURVES_DEFAULT (Android 7)',
  ],
  doubts: [
    ...android70.doubts,
    {
      en: 'The curves are those that the tests of Android 7 demand; no hello of 7.1.1 was seen.',
      'zh-CN': '曲线取自 Android 7 自带测试的要求；未见 7.1.1 的抓包。',
    },
  ],
  spec: { ...android70.spec, groups: groups('secp256r1', 'secp384r1', 'secp521r1') },
}

export default hello
