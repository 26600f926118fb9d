/** Row 46: an image, a sound or a film over plain http. */
import { defineProjectRule } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

export default defineProjectRule({
  severity: 'warn',
  statement: {
    en: 'Other HTTPS requests of the Mini Program, such as images, audio and video, follow the same rules.',
    'zh-CN': '小程序中的其他 HTTPS 请求（图片、音视频等）同样适用以上要求。',
  },
  sources: [platformDocument],
  title: { en: 'An asset is not https', 'zh-CN': '资源不是 https' },
  check: ({ urls }) =>
    urls
      .filter(({ use, url }) => use === 'asset' && url.scheme === 'http')
      .map(({ url, place }) => ({
        args: { address: url.text },
        place,
        lists: [],
        about: url.text,
      })),
  example: { address: 'http://cdn.example.com/logo.png' },
  message: ({ address }) => ({
    en: `${address} is plain http: iOS and newer Android may not load it`,
    'zh-CN': `${address} 使用 http：iOS 与较新的 Android 可能无法加载`,
  }),
  fix: () => ({
    text: { en: 'Serve it over https.', 'zh-CN': '改用 https 提供该资源。' },
  }),
})
