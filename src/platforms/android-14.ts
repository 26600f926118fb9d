/** Android 14: a store that Google can update. */
import { android } from '../families/android.ts'
import android1314 from '../hellos/android-13-14.ts'

export default android({
  since: '14',

  hello: android1314,
  notes: [
    {
      en: 'The store is part of an updatable module: phones with Google services may have a newer list, phones in mainland China keep this one.',
      'zh-CN': '根证书库属于可更新模块：有 Google 服务的手机可能更新，中国大陆手机保持此列表。',
    },
    {
      en: 'ISRG Root X2, vTrus, HARICA TLS 2021, DigiCert G5 and GlobalSign R46 join the store; DST Root CA X3 leaves.',
      'zh-CN':
        '根证书库加入 ISRG Root X2、vTrus、HARICA TLS 2021、DigiCert G5 与 GlobalSign R46；移除 DST Root CA X3。',
    },
  ],
  sources: ['https://source.android.com/docs/core/ota/modular-system/conscrypt'],
})
