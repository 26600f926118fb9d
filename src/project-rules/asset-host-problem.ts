/** Row 46: the host of an image, a sound or a film fails the live check. */
import { formatAuthority } from '../connect/target.ts'
import { defineProjectRule } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

export default defineProjectRule({
  severity: 'warn',
  statement: {
    en: 'Other HTTPS requests of the Mini Program, such as images, audio and video, follow the same rules.',
    'zh-CN': '小程序中的其他 HTTPS 请求（图片、音视频等）同样适用以上要求。',
  },
  sources: [platformDocument],
  title: { en: 'The host of an asset has a problem', 'zh-CN': '资源所在主机有问题' },
  check: ({ urls }, live) =>
    urls.flatMap(({ use, url, place }) => {
      if (use !== 'asset' || url.scheme !== 'https') return []
      const authority = formatAuthority(url.host, url.port ?? 443)
      const found = live?.get(authority)
      if (!found) return []
      const args = { authority, ...found }
      return [{ args, place, lists: [], about: authority }]
    }),
  example: {
    authority: 'cdn.example.com:443',
    rule: 'chain-incomplete' as string | null,
    problem: { en: 'The chain is incomplete', 'zh-CN': '证书链不完整' },
  },
  message: ({ authority, problem, rule }) => ({
    en: `${authority}: ${problem.en}${rule ? ` (${rule})` : ''}`,
    'zh-CN': `${authority}：${problem['zh-CN']}${rule ? `（${rule}）` : ''}`,
  }),
  fix: ({ authority, rule }) => ({
    text: {
      en: `See mpcert check ${authority}${rule ? ` and mpcert explain ${rule}` : ''}.`,
      'zh-CN': `见 mpcert check ${authority}${rule ? ` 与 mpcert explain ${rule}` : ''}。`,
    },
  }),
})
