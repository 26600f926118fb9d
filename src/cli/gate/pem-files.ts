/** Certificates and keys as nginx reads them: PEM, and nothing else. */
import { toBinary } from '../../bytes.ts'
import { UsageError } from '../../errors.ts'
import { type ContainerEntry, readContainer } from '../../x509/container.ts'
import { publicHalf } from '../../x509/private-key.ts'
import { naming, openKey } from '../key-files.ts'
import type { Opener } from '../password.ts'
import { readInput } from '../read-input.ts'
import { type Listed, listed } from './bundle.ts'

const MAX_BYTES = 16 << 20

/** `data` stands for what the file holds. @throws UsageError, MpcertError ERR_FILE, each in one line that names the file */
export async function readPemCertificates(
  file: string,
  data: string | null,
): Promise<readonly Listed[]> {
  const bytes = await bytesOf(file, data)
  if (!CERTIFICATE.test(toBinary(bytes)))
    throw new UsageError({
      en: `${file}: no PEM certificate in it, and nginx reads no other`,
      'zh-CN': `${file}：其中没有 PEM 格式的证书，而 nginx 只读取 PEM`,
    })
  return listed(await naming(file, () => readContainer(bytes)))
}

const CERTIFICATE = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/

/** SubjectPublicKeyInfo of the first key: others are never looked at. @throws like `readPemCertificates` */
export async function readPemKey(
  file: string,
  data: string | null,
  password: Opener,
): Promise<Uint8Array> {
  const bytes = await bytesOf(file, data)
  const isPem = toBinary(bytes).includes('-----BEGIN ')
  const entries = isPem ? await naming(file, () => readContainer(bytes)) : []
  const entry = entries.find(isKey)
  if (entry) return openKey(entry, file, password, publicHalf)
  throw new UsageError({
    en: `${file}: no PEM private key in it, and nginx reads no other`,
    'zh-CN': `${file}：其中没有 PEM 格式的私钥，而 nginx 只读取 PEM`,
  })
}

async function bytesOf(file: string, data: string | null): Promise<Uint8Array> {
  return data === null ? readInput(file, MAX_BYTES) : new TextEncoder().encode(data)
}

function isKey({ kind }: ContainerEntry): boolean {
  return kind.endsWith('private-key')
}
