/** `--client-cert` and `--client-key`, read and held against each other before anybody is asked. */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { type ClientCertificate, showing } from '../connect/secure.ts'
import { UsageError } from '../errors.ts'
import type { ContainerEntry } from '../x509/container.ts'
import { encodePem } from '../x509/pem.ts'
import { wholeKey } from '../x509/private-key.ts'
import type { Invocation } from './invocation.ts'
import { openEntries, openKey } from './key-files.ts'
import { Password } from './password.ts'

/** @throws UsageError, MpcertError ERR_FILE */
export async function readClientCertificate(
  certFile: string | undefined,
  keyFile: string | undefined,
  invocation: Invocation,
): Promise<ClientCertificate> {
  if (keyFile === undefined) throw lacking('--client-cert', '--client-key')
  if (certFile === undefined) throw lacking('--client-key', '--client-cert')
  const password = new Password(invocation)
  const certificates = (await openEntries(certFile, password)).filter(isCertificate)
  if (certificates.length === 0)
    throw new UsageError({
      en: `--client-cert ${certFile}: no certificate in it`,
      'zh-CN': `--client-cert ${certFile}：其中没有证书`,
    })
  const keys: string[] = []
  for (const entry of await openEntries(keyFile, password))
    if (entry.kind.endsWith('private-key'))
      keys.push(await openKey(entry, keyFile, password, wholeKey))
  if (keys.length === 0)
    throw new UsageError({
      en: `--client-key ${keyFile}: no private key in it`,
      'zh-CN': `--client-key ${keyFile}：其中没有私钥`,
    })
  for (const own of certificates) {
    const key = keys.find(one => belongsTo(one, own))
    if (key === undefined) continue
    const chain = [own, ...certificates.filter(one => one !== own)]
    const read = { cert: chain.map(({ der }) => encodePem(der)).join(''), key }
    // What OpenSSL does not take is said now.
    showing(read)
    return read
  }
  throw new UsageError({
    en: `--client-key ${keyFile} is not the key of any certificate in ${certFile}`,
    'zh-CN': `--client-key ${keyFile} 与 ${certFile} 中的证书不匹配`,
  })
}

function lacking(given: string, other: string): UsageError {
  return new UsageError({
    en: `${given} needs ${other}`,
    'zh-CN': `${given} 需要同时给出 ${other}`,
  })
}

function isCertificate({ kind }: ContainerEntry): boolean {
  return kind === 'certificate'
}

function belongsTo(key: string, { der }: ContainerEntry): boolean {
  try {
    return new X509Certificate(der).checkPrivateKey(createPrivateKey(key))
  } catch {
    // No certificate that could be read.
    return false
  }
}
