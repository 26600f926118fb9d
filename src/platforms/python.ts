/** Reference: the ssl module of Python 3, with its default context. */
import { openssl, opensslSources } from '../families/openssl.ts'
import { reference } from '../families/reference.ts'
import python3 from '../hellos/python-3.ts'

export default reference({
  id: 'python',
  title: 'Python 3',
  since: '3.10',
  store: { name: 'mozilla', version: '2026-07-19' },
  name: 'ssl',
  hello: python3,
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
    { en: 'The default context: TLS 1.2 or newer.', 'zh-CN': '默认上下文：TLS 1.2 及以上。' },
  ],
  sources: opensslSources,
})
