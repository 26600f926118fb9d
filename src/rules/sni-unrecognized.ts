/** The server warns that it does not know the name it was asked for, and goes on. */
import { defineRule } from '../rule.ts'

export default defineRule({
  severity: 'info',
  rank: 63,
  statement: {
    en: 'A server that does not know a name should refuse it or go on in silence: some clients take the warning for a failure.',
    'zh-CN': '服务器不认识主机名时应拒绝或静默继续：部分客户端会把该警告当作失败。',
  },
  sources: ['RFC 6066 section 3'],
  title: { en: 'The server does not know its name', 'zh-CN': '服务器不认识该主机名' },
  needs: ['server'],
  check: ({ server: { warnsOfName } }) => (warnsOfName ? [{ args: {} }] : []),
  example: {},
  message: () => ({
    en: 'the server sends the warning unrecognized_name (112) for this name, and goes on',
    'zh-CN': '服务器对该主机名发出 unrecognized_name（112）警告后继续握手',
  }),
  fix: () => ({
    text: {
      en: 'Give the site its name: ServerName or ServerAlias in Apache, the host in Tomcat.',
      'zh-CN': '为站点配置主机名：Apache 的 ServerName 或 ServerAlias，Tomcat 的 Host。',
    },
    snippets: { apache: 'ServerName api.example.com' },
  }),
})
