/** Files that hold certificates and keys, opened with their password where they are locked. */
import { DecodeError, UsageError } from '../errors.ts'
import { type ContainerEntry, readContainer } from '../x509/container.ts'
import { isPkcs12, openPkcs12 } from '../x509/pkcs12.ts'
import type { Opener } from './password.ts'
import { readInput } from './read-input.ts'

const MAX_BYTES = 16 << 20

/** PEM, DER, PKCS#7 or PKCS#12. @throws UsageError, MpcertError ERR_FILE, each in one line that names the file */
export async function openEntries(
  file: string,
  password: Opener,
): Promise<readonly ContainerEntry[]> {
  const bytes = await readInput(file, MAX_BYTES)
  return naming(file, () => {
    if (isPkcs12(bytes)) return password.open(file, secret => openPkcs12(bytes, secret))
    return readContainer(bytes)
  })
}

/** What `read` makes of a key; null from it asks for the password. @throws UsageError */
export function openKey<T>(
  entry: ContainerEntry,
  file: string,
  password: Opener,
  read: (entry: ContainerEntry, password: string | null) => T | null,
): Promise<T> {
  return naming(
    file,
    () => read(entry, null) ?? password.open(file, async secret => read(entry, secret)),
  )
}

/** What bytes are not is one line that names the file. @throws UsageError */
export async function naming<T>(file: string, open: () => T | Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    throw new UsageError({
      en: `${file} cannot be read: ${error.text.en}`,
      'zh-CN': `无法读取 ${file}：${error.text['zh-CN']}`,
    })
  }
}
