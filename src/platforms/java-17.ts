/** Reference: Java 17 to 21. */
import { java, javaSources } from '../families/java.ts'
import { reference } from '../families/reference.ts'
import java1721 from '../hellos/java-17-21.ts'

export default reference({
  id: 'java-17',
  title: 'Java 17',
  since: '17',
  store: { name: 'openjdk', version: '2026-06' },
  name: 'JSSE',
  hello: java1721,
  ...java({ dhMaxBits: 8192, modern: true }),
  notes: [
    { en: "The store is OpenJDK's of today.", 'zh-CN': '根证书库为 OpenJDK 最新根证书库。' },
    {
      en: 'As a program sends it that narrows the suites; java-17.0.15 is SSLSocket as it comes.',
      'zh-CN': '取自收窄套件的程序；java-17.0.15 为默认的 SSLSocket。',
    },
  ],
  sources: javaSources,
})
