/** Reference: Firefox 137. */
import { firefox, firefoxSources } from '../families/firefox.ts'
import { reference } from '../families/reference.ts'
import firefox137 from '../hellos/firefox-137.ts'

export default reference({
  id: 'firefox-137',
  title: 'Firefox 137',
  since: '137',
  store: { name: 'mozilla', version: '2026-07-19' },
  name: 'NSS',
  hello: firefox137,
  ...firefox,
  notes: [
    { en: "The store is Mozilla's of today.", 'zh-CN': '根证书库为 Mozilla 最新根证书库。' },
    { en: 'Must-staple is enforced.', 'zh-CN': '强制执行 must-staple。' },
  ],
  sources: firefoxSources,
})
