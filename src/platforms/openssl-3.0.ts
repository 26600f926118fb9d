/** Reference: OpenSSL 3.0 to 3.4. */
import { openssl, opensslSources } from '../families/openssl.ts'
import { reference } from '../families/reference.ts'
import openssl30 from '../hellos/openssl-3.0.ts'

export default reference({
  id: 'openssl-3.0',
  title: 'OpenSSL 3.0',
  since: '3.0',
  store: { name: 'mozilla', version: '2026-07-19' },
  name: 'OpenSSL',
  hello: openssl30,
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
    {
      en: 'It checks no host name unless it is told to; here it is told to.',
      'zh-CN': '默认不校验主机名；此处按要求校验。',
    },
  ],
  sources: opensslSources,
})
