/** Row 19: no AppID, or that of a tourist. */
import { defineProjectRule } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

export default defineProjectRule({
  severity: 'info',
  statement: {
    en: '{appid} in the Referer is the AppID of the Mini Program.',
    'zh-CN': 'Referer 中的 {appid} 为小程序的 appid。',
  },
  sources: [platformDocument],
  title: { en: 'No AppID', 'zh-CN': '没有 AppID' },
  check: ({ appid: { value, place } }) =>
    value === null || value === 'touristappid'
      ? [{ args: { value }, place, lists: [], about: '' }]
      : [],
  example: { value: 'touristappid' as string | null },
  message: ({ value }) => ({
    en: `the AppID in project.config.json is ${value ?? 'not there'}: the domain list of the console does not apply`,
    'zh-CN': `project.config.json 中${value ? `的 AppID 为 ${value}` : '没有 AppID'}：管理后台的域名列表不会生效`,
  }),
  fix: () => ({
    text: { en: 'Write the AppID of the Mini Program.', 'zh-CN': '填写小程序的 AppID。' },
  }),
})
