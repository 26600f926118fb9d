/** Reference: Android 6.0. */
import { androidPolicy, androidSources, conscryptLimits } from '../families/android.ts'
import { reference } from '../families/reference.ts'
import android60 from '../hellos/android-6.0.ts'

export default reference({
  id: 'android-6.0',
  family: 'android',
  title: 'Android 6.0',
  since: '6.0',
  store: { name: 'android', version: '6.0' },
  name: 'WebView',
  hello: android60,
  policy: androidPolicy('6.0'),
  limits: conscryptLimits('6.0'),
  ct: null,
  fetchesIssuers: 'no',
  notes: [
    {
      en: "The browser's hello: an app on the system's sockets may offer less.",
      'zh-CN': '取自浏览器；使用系统套接字的应用可能提供更少。',
    },
  ],
  sources: androidSources,
})
