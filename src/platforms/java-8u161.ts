/** Reference: Java 8 before its update 261. */
import { java, javaSources } from '../families/java.ts'
import { reference } from '../families/reference.ts'
import java8u161 from '../hellos/java-8u161.ts'

export default reference({
  id: 'java-8u161',
  title: 'Java 8u161',
  since: '8',
  store: { name: 'openjdk', version: '2026-06' },
  name: 'JSSE',
  hello: java8u161,
  ...java({ dhMaxBits: 2048, modern: false }),
  notes: [
    { en: "The store is OpenJDK's of today.", 'zh-CN': '根证书库为 OpenJDK 最新根证书库。' },
    { en: 'Diffie-Hellman over a prime of at most 2048 bits.', 'zh-CN': 'DH 素数最多 2048 位。' },
  ],
  sources: javaSources,
})
