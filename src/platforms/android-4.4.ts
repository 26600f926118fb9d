/** Reference: Android 4.4. */
import { androidPolicy, androidSources, conscryptLimits } from '../families/android.ts'
import { reference } from '../families/reference.ts'
import android44 from '../hellos/android-4.4.ts'

export default reference({
  id: 'android-4.4',
  family: 'android',
  title: 'Android 4.4',
  since: '4.4',
  store: { name: 'android', version: '4.4' },
  name: 'WebView',
  hello: android44,
  policy: androidPolicy('4.4'),
  limits: conscryptLimits('4.4'),
  ct: null,
  fetchesIssuers: 'no',
  notes: [
    {
      en: "The browser's hello: an app on the system's sockets may offer less.",
      'zh-CN': '取自浏览器；使用系统套接字的应用可能提供更少。',
    },
    {
      en: 'SSLSocket of 4.4 has TLS 1.0 on by default and no more.',
      'zh-CN': '4.4 的 SSLSocket 默认只启用 TLS 1.0。',
    },
  ],
  sources: androidSources,
})
