/** Reference: Chromium 156. */
import { chrome } from '../families/browser.ts'
import chromium156 from '../hellos/chromium-156.ts'

export default chrome({
  id: 'chrome-156',
  title: 'Chrome 156',
  major: 156,
  hello: chromium156,
  borrowed: {
    why: {
      en: 'Captured from Chromium as Debian builds it; Chrome of the same number has the same network stack.',
      'zh-CN': '抓自 Debian 构建的 Chromium；同版本 Chrome 使用同一套网络栈。',
    },
  },
})
