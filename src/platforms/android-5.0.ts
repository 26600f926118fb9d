/** Reference: Android 5. */
import { androidPolicy, androidSources, conscryptLimits } from '../families/android.ts'
import { reference } from '../families/reference.ts'
import android50 from '../hellos/android-5.0.ts'

export default reference({
  id: 'android-5.0',
  family: 'android',
  title: 'Android 5.0',
  since: '5.0',
  store: { name: 'android', version: '5.0' },
  name: 'WebView',
  hello: android50,
  policy: androidPolicy('5.0'),
  limits: conscryptLimits('5.0'),
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
