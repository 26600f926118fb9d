/** Reference: Java 17 as it comes. */
import { java, javaSources } from '../families/java.ts'
import { reference } from '../families/reference.ts'
import java17015 from '../hellos/java-17.0.15.ts'

export default reference({
  id: 'java-17.0.15',
  title: 'Java 17.0.15',
  since: '17.0.15',
  store: { name: 'openjdk', version: '2026-06' },
  name: 'JSSE',
  hello: java17015,
  ...java({ dhMaxBits: 8192, modern: true }),
  notes: [
    { en: "The store is OpenJDK's of today.", 'zh-CN': '根证书库为 OpenJDK 最新根证书库。' },
    {
      en: 'Captured from SSLSocket without any setting.',
      'zh-CN': '抓自未作任何设置的 SSLSocket。',
    },
  ],
  sources: javaSources,
})
