/** Reference: Java 11, an early one. */
import { java, javaSources } from '../families/java.ts'
import { reference } from '../families/reference.ts'
import java11 from '../hellos/java-11.ts'

export default reference({
  id: 'java-11',
  title: 'Java 11',
  since: '11',
  store: { name: 'openjdk', version: '2026-06' },
  name: 'JSSE',
  hello: java11,
  ...java({ dhMaxBits: 8192, modern: false }),
  notes: [
    { en: "The store is OpenJDK's of today.", 'zh-CN': '根证书库为 OpenJDK 最新根证书库。' },
    {
      en: 'Later updates of 11 have TLS 1.0 and 1.1 off.',
      'zh-CN': '11 的后续更新已禁用 TLS 1.0 与 1.1。',
    },
  ],
  sources: javaSources,
})
