/** The WeChat DevTools of today. */
import { devtools } from '../families/devtools.ts'
import chrome8392 from '../hellos/chrome-83-92.ts'

export default devtools({
  id: 'devtools',
  title: { en: 'DevTools', 'zh-CN': '开发者工具' },
  tier: 'current',
  hello: chrome8392,
  borrowed: null,
  notes: [
    {
      en: 'Windows and macOS must both trust the chain.',
      'zh-CN': 'Windows 与 macOS 均须信任证书链。',
    },
    {
      en: 'The desktop completes chains and remembers intermediates: what works here may fail on phones.',
      'zh-CN': '桌面系统会自动补全证书链并缓存中间证书：此处可用不代表手机可用。',
    },
    {
      en: 'Which NW.js a DevTools release holds is known from third-party ports alone.',
      'zh-CN': '各版本所用的 NW.js 仅能从第三方移植得知。',
    },
  ],
})
