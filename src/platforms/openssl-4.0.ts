/** Reference: OpenSSL 4.0. */
import { openssl, opensslSources } from '../families/openssl.ts'
import { reference } from '../families/reference.ts'
import openssl40 from '../hellos/openssl-4.0.ts'

export default reference({
  id: 'openssl-4.0',
  title: 'OpenSSL 4.0',
  since: '4.0',
  store: { name: 'mozilla', version: '2026-07-19' },
  name: 'OpenSSL',
  hello: openssl40,
  ...openssl('4.0', 2),
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
      en: 'It checks no host name unless it is told to; here it is told to.',
      'zh-CN': '默认不校验主机名；此处按要求校验。',
    },
  ],
  sources: opensslSources,
})
