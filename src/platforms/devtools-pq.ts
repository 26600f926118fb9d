/** Reference: DevTools on a Chromium of today. */
import { devtools } from '../families/devtools.ts'
import chromium156 from '../hellos/chromium-156.ts'

export default devtools({
  id: 'devtools-pq',
  title: { en: 'Post-quantum DevTools', 'zh-CN': '后量子开发者工具' },
  tier: 'unproven',
  hello: chromium156,
  borrowed: {
    why: {
      en: 'No DevTools with a Chromium this new was seen; Chromium 156 shows what it would send.',
      'zh-CN': '未见过使用如此新 Chromium 的开发者工具；Chromium 156 代表其会发送的内容。',
    },
  },
  notes: [
    {
      en: 'The stores are those of Windows and macOS; Chromium from 105 on would bring its own.',
      'zh-CN': '根证书库沿用 Windows 与 macOS；Chromium 105 起会使用自带根证书库。',
    },
  ],
})
