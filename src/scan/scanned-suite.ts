/** What a scanned suite is called and made of: SSL 2.0 has cipher kinds of its own. */
import { SSL2_CIPHERS } from '../wire/names/ssl2.ts'
import { opensslName, suiteName } from '../wire/names.ts'
import { type Suite, suiteOf } from '../wire/suite.ts'
import type { ScanProtocol } from './scan-facts.ts'

export type SuiteTraits = Pick<
  Suite,
  'name' | 'opensslName' | 'bits' | 'cipher' | 'authentication' | 'exportGrade' | 'keyExchange'
>

export function traitsOf(version: ScanProtocol, code: number): SuiteTraits {
  if (version === 'SSLv2') return ssl2Traits(code)
  const unknown = { cipher: '', authentication: '', exportGrade: false, keyExchange: '', bits: 0 }
  return suiteOf(code) ?? { ...unknown, name: suiteName(code), opensslName: opensslName(code) }
}

/** The address whose answers a result holds. */
export function scannedIp(
  addresses: readonly { readonly ip: string; readonly status: string }[],
): string {
  return addresses.find(({ status }) => status !== 'not-checked')?.ip ?? ''
}

/** `0xC02F`; of three bytes in SSL 2.0. */
export function suiteCode(version: ScanProtocol, code: number): string {
  const digits = version === 'SSLv2' ? 6 : 4
  return `0x${code.toString(16).toUpperCase().padStart(digits, '0')}`
}

function ssl2Traits(code: number): SuiteTraits {
  const [name, kind] = Object.entries(SSL2_CIPHERS).find(([, known]) => known.code === code) ?? []
  const [, cipher = ''] = /^SSL_CK_(.+)_WITH_/.exec(name ?? '') ?? []
  return {
    name: name ?? suiteCode('SSLv2', code),
    opensslName: kind?.opensslName ?? null,
    bits: kind?.bits ?? 0,
    cipher: cipher.replace('DES_192_EDE3', '3DES_EDE'),
    authentication: 'RSA',
    keyExchange: 'RSA',
    exportGrade: cipher.includes('EXPORT'),
  }
}
