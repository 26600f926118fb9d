/** What users bring, made for tests: folders of roots, CCADB reports, Chrome's list, lists of logs. */
import { createHash } from 'node:crypto'
import { loadStores } from '../../../src/stores/load.ts'
import type { Root, StoreName } from '../../../src/stores/store.ts'
import { encodePem } from '../../../src/x509/pem.ts'

/** The newest anchors of a store whose certificates are known. */
export function anchorsOf(store: StoreName): readonly (Root & { der: Uint8Array })[] {
  return loadStores().roots.flatMap(root => {
    const { der, serverAuth } = root
    const held = (root.intervals[store] ?? []).some(([, until]) => until === null)
    return held && serverAuth && der ? [{ ...root, der }] : []
  })
}

export function bundle(certificates: readonly Uint8Array[]): string {
  return certificates.map(der => `# a remark\n${encodePem(der)}`).join('\n')
}

/** As the reports have it: every field quoted, PEM between single quotes. */
export function csv(rows: readonly Readonly<Record<string, string>>[]): string {
  const columns = Object.keys(rows[0] ?? {})
  const line = (fields: readonly string[]) =>
    fields.map(field => `"${field.replaceAll('"', '""')}"`).join(',')
  return [columns, ...rows.map(row => columns.map(column => row[column] ?? ''))]
    .map(line)
    .join('\n')
}

export function quotedPem(der: Uint8Array): string {
  return `'${encodePem(der).trimEnd()}'`
}

export function sha256Of(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex')
}

export function chromeList(version: number, fingerprints: readonly string[]): string {
  const anchors = fingerprints.map(sha256 => `trust_anchors {\n  sha256_hex: "${sha256}"\n}\n`)
  return `version_major: ${version}\n\n${anchors.join('\n')}`
}

export function logListJson(operators: readonly unknown[]) {
  return { version: '62.14', log_list_timestamp: '2026-11-20T00:00:00Z', operators }
}

/** The key is no key: its hash is all that counts here. */
export function logJson(name: string, more: object = {}, state = 'usable') {
  const key = Buffer.from(`key of ${name}`)
  return {
    description: name,
    log_id: createHash('sha256').update(key).digest('base64'),
    key: key.toString('base64'),
    url: `https://${name}.example/`,
    mmd: 86_400,
    state: { [state]: { timestamp: '2026-01-01T00:00:00Z' } },
    ...more,
  }
}
