/** Android 13 QPR3: a store change of June 2023. */
import { android } from '../families/android.ts'
import android1314 from '../hellos/android-13-14.ts'

export default android({
  since: '13-qpr3',
  title: 'Android 13 QPR3',
  hello: android1314,
  notes: [
    {
      en: 'TrustCor and E-Tugra leave the store; patches took them from 12 and 13 as well.',
      'zh-CN': '根证书库移除 TrustCor 与 E-Tugra；12 与 13 也经补丁移除。',
    },
  ],
})
