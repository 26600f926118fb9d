/** iOS 12.2: the oldest release that is judged. */
import { ats122 } from '../families/ats.ts'
import { ios } from '../families/ios.ts'
import ios122 from '../hellos/ios-12.2.ts'

export default ios({
  since: '12.2',
  hello: ios122,
  ats: ats122,
  notes: [
    { en: 'TLS 1.3 is on by default.', 'zh-CN': '默认启用 TLS 1.3。' },
    {
      en: 'The suites of App Transport Security are those documented for iOS 9; that they still hold is presumed.',
      'zh-CN': 'App Transport Security 的套件沿用 iOS 9 文档所列；是否仍然适用系推定。',
    },
  ],
})
