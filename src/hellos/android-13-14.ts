/** Android 13 and newer (Conscrypt). */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { versions } from '../wire/names.ts'
import android1112 from './android-11-12.ts'

const hello: Hello = {
  id: 'android-13-14',
  title: same('Android 13–17'),
  evidence: 'captured',
  sources: [
    'testssl.sh@9fdf8028 etc/client-simulation.txt "Android 13/14 (native)"',
    'libcore SSLSocket.java, table "Default configuration", API 33 (google/j2objc@122117f3): the same suites',
  ],
  date: '2026-06-25',
  doubts: [
    {
      en: 'Captured as a resumption; written as the fresh hello it would be, without the pre-shared key.',
      'zh-CN': '抓包时为会话恢复；此处按不带预共享密钥的全新握手记录。',
    },
    {
      en: 'TLS 1.0 and 1.1, which the documentation lists, are not offered: the captured app or an update of Conscrypt left them out.',
      'zh-CN': '文档所列的 TLS 1.0 与 1.1 未出现：可能被抓包应用或 Conscrypt 的更新去掉。',
    },
    {
      en: 'Captured on 13 and 14; whether 15 to 17 offer a post-quantum group is not known.',
      'zh-CN': '抓自 13 与 14；15 至 17 是否提供后量子组未知。',
    },
  ],
  spec: { ...android1112.spec, versions: versions('TLS 1.3', 'TLS 1.2') },
}

export default hello
