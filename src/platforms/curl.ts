/** Reference: curl on OpenSSL 3.0. */
import { openssl, opensslSources } from '../families/openssl.ts'
import { reference } from '../families/reference.ts'
import curl788 from '../hellos/curl-7.88.ts'

export default reference({
  id: 'curl',
  title: 'curl',
  since: '7.88',
  store: { name: 'mozilla', version: '2026-07-19' },
  name: 'libcurl',
  hello: curl788,
  ...openssl('3.0', 2),
  notes: [
    {
      en: 'Security level 2, as distributions build it: DH and RSA from 2048 bits on.',
      'zh-CN': '安全级别 2（各发行版的默认值）：DH 与 RSA 不少于 2048 位。',
    },
    {
      en: "The store is Mozilla's of today, as distributions package it.",
      'zh-CN': '根证书库为各发行版打包的 Mozilla 最新根证书库。',
    },
    {
      en: 'It lists TLS 1.0 and 1.1 and goes through with them only where nothing is signed with SHA-1, that is with static RSA.',
      'zh-CN': '虽列出 TLS 1.0 与 1.1，但只有在不涉及 SHA-1 签名（静态 RSA）时才能连通。',
    },
  ],
  sources: opensslSources,
})
