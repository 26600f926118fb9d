/** Reference: Java 8 of today. */
import { java, javaSources } from '../families/java.ts'
import { reference } from '../families/reference.ts'
import java1721 from '../hellos/java-17-21.ts'

export default reference({
  id: 'java-8',
  title: 'Java 8u442',
  since: '8.442',
  store: { name: 'openjdk', version: '2026-06' },
  name: 'JSSE',
  hello: java1721,
  ...java({ dhMaxBits: 8192, modern: false }),
  notes: [
    { en: "The store is OpenJDK's of today.", 'zh-CN': '根证书库为 OpenJDK 最新根证书库。' },
    {
      en: 'Its captured hello is, byte for byte, of the shape of that of Java 17.',
      'zh-CN': '抓到的 ClientHello 与 Java 17 形状逐字节一致。',
    },
  ],
  sources: javaSources,
})
