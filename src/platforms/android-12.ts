/** Android 12: a store change. */
import { android } from '../families/android.ts'
import android1112 from '../hellos/android-11-12.ts'

export default android({
  since: '12',

  hello: android1112,
  notes: [
    {
      en: 'Microsoft RSA and ECC Root 2017 join the store; most of VeriSign, GeoTrust and thawte leaves.',
      'zh-CN':
        '根证书库加入 Microsoft RSA、ECC Root 2017；移除大部分 VeriSign、GeoTrust 与 thawte。',
    },
  ],
})
