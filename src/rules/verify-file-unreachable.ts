/** Row 51: the console's verification file is not where the console looks. */
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'info',
  rank: 58,
  statement: {
    en: "The console looks for the verification file in the server's root: https://<domain>/<file>, status 200, the file as it was downloaded.",
    'zh-CN': '后台在服务器根目录查找校验文件：https://域名/文件名，须返回 200 及原样的文件内容。',
  },
  sources: [platformDocument],
  title: { en: 'The verification file is not found', 'zh-CN': '校验文件无法访问' },
  needs: ['verifyFile'],
  check({ verifyFile: { url, result, matches } }) {
    if (result.kind !== 'answered') return [{ args: { url, why: 'broken', status: 0 } }]
    const { status, body } = result
    if (status !== 200) return [{ args: { url, why: 'status', status } }]
    if (body.looksLike === 'html') return [{ args: { url, why: 'html', status } }]
    const isWrong = matches === false || body.looksLike === 'empty'
    return isWrong ? [{ args: { url, why: 'content', status } }] : []
  },
  example: { url: 'https://api.example.com/MP_verify_a1b2c3.txt', why: 'status', status: 404 },
  message({ url, why, status }) {
    if (why === 'status')
      return { en: `${url} answers ${status}`, 'zh-CN': `${url} 返回 ${status}` }
    if (why === 'html')
      return {
        en: `${url} answers with a page (HTML), not the file`,
        'zh-CN': `${url} 返回的是网页（HTML），不是该文件`,
      }
    if (why === 'content')
      return { en: `${url} holds something else`, 'zh-CN': `${url} 的内容不符` }
    return { en: `${url} gives no answer`, 'zh-CN': `${url} 没有应答` }
  },
  fix: () => ({
    text: {
      en: 'Put the file as downloaded into the web root, before any rewrite of a single-page application.',
      'zh-CN': '请将下载的文件原样放入网站根目录，并使其先于单页应用的重写规则生效。',
    },
    snippets: {
      nginx: 'location ~ ^/\\w+\\.txt$ { root /var/www/verify; }',
      apache: 'Alias /MP_verify_a1b2c3.txt /var/www/verify/MP_verify_a1b2c3.txt',
      caddy: 'handle /MP_verify_*.txt {\n\troot * /var/www/verify\n\tfile_server\n}',
    },
  }),
})
