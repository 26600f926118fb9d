/** Rows 47 to 49: DevTools verifies nothing. */
import { defineProjectRule } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

export default defineProjectRule({
  severity: 'error',
  statement: {
    en: 'With the DevTools option "Do not verify the request domain name, TLS version, and HTTPS certificate" nothing is verified there; disable it again and test on each platform.',
    'zh-CN':
      '开启开发者工具的“不校验请求域名、TLS 版本及 HTTPS 证书”后不再校验；建议关闭该选项并在各平台测试。',
  },
  sources: [platformDocument],
  title: { en: 'DevTools does not verify', 'zh-CN': '开发者工具不校验域名与证书' },
  check: ({ urlCheck, gate }, live) =>
    urlCheck?.value === false
      ? [
          {
            args: { file: urlCheck.place.file, live: live !== null },
            place: urlCheck.place,
            lists: [],
            severity: gate ? 'error' : 'warn',
            about: '',
          },
        ]
      : [],
  example: { file: 'project.config.json', live: true },
  message: ({ file, live }) => ({
    en: `setting.urlCheck is false in ${file}: what works in DevTools proves nothing for phones${live ? ', and its cells are not checked' : ''}`,
    'zh-CN': `${file} 中 setting.urlCheck 为 false：开发者工具中能用不代表手机上能用${live ? '，因此不检查开发者工具' : ''}`,
  }),
  fix: () => ({
    text: {
      en: 'Set urlCheck to true, list the domains, and test on phones with debugging off.',
      'zh-CN': '将 urlCheck 设为 true，配置好域名，并在手机上关闭调试后测试。',
    },
  }),
})
