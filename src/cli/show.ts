/** `mpcert show`: certificates explained, from a server or from a file. */
import { stat } from 'node:fs/promises'
import { toHex } from '../bytes.ts'
import { judgedHellos } from '../check.ts'
import { parseTarget } from '../connect/target.ts'
import { MpcertError } from '../errors.ts'
import { certificateNames } from '../facts/leaf.ts'
import { readChain } from '../facts/sent-chain.ts'
import { whyUnreachable } from '../judge/unreachable.ts'
import { observe } from '../observe/observe.ts'
import type { Text } from '../text.ts'
import { createWorld } from '../world.ts'
import type { Certificate } from '../x509/certificate.ts'
import { KEY_PURPOSE_OID } from '../x509/oids.ts'
import { encodePem } from '../x509/pem.ts'
import type { Invocation } from './invocation.ts'
import { layOut, type Row } from './rows.ts'
import { connectOptionsFrom, readCertificateFile } from './setup.ts'

export async function run(invocation: Invocation): Promise<number> {
  const { flags, print } = invocation
  const [name = ''] = invocation.arguments
  const sent = (await isFile(name))
    ? await readCertificateFile(name)
    : await fetchChain(invocation, name)
  if (flags.has('pem')) await print(sent.map(der => encodePem(der)).join(''))
  else await print(explain(sent, invocation))
  return 0
}

async function isFile(name: string): Promise<boolean> {
  return stat(name).then(
    found => found.isFile(),
    () => false,
  )
}

/** One handshake; the chain exactly as sent. */
async function fetchChain({ flags }: Invocation, name: string): Promise<readonly Uint8Array[]> {
  const hellos = judgedHellos(createWorld(Date.now()), {}).slice(0, 1)
  const observation = await observe(parseTarget(name), { ...connectOptionsFrom(flags), hellos })
  const attempts = observation.nodes.flatMap(node => Object.values(node.attempts))
  const chains = attempts.flatMap(attempt =>
    attempt.kind === 'failed' ? [] : [attempt.server.chain ?? []],
  )
  const chain = chains.find(({ length }) => length > 0)
  if (chain) return chain
  const answered = attempts.some(({ kind }) => kind !== 'failed' && kind !== 'timeout')
  const { code, phase, text } = whyUnreachable(observation)
  throw answered
    ? new MpcertError('ERR_CONNECT', {
        en: `${name} shows no certificate: run mpcert check`,
        'zh-CN': `${name} 没有出示证书：请运行 mpcert check`,
      })
    : new MpcertError(code, text, phase ? { phase } : {})
}

function explain(sent: readonly Uint8Array[], { locale, style }: Invocation): string {
  const { entries } = readChain('chain-1', sent)
  const blocks = entries.map(({ certificate, fault }, index) => {
    const rows = certificate
      ? describe(certificate)
      : [[WORDS.fault, fault?.message ?? ''] as const]
    return [`${index + 1}.`, ...layOut(rows, locale, style.width)].join('\n')
  })
  return `${blocks.join('\n\n')}\n`
}

function describe(certificate: Certificate): Row[] {
  const { notBefore, notAfter, publicKey, signatureAlgorithm, authorityInfoAccess } = certificate
  const days = Math.round((notAfter - notBefore) / 86_400_000)
  const rows: (readonly [Text, string | null | undefined])[] = [
    [WORDS.subject, certificate.subject.text],
    [WORDS.names, certificateNames(certificate).join(', ')],
    [WORDS.issuer, certificate.issuer.text],
    [WORDS.validity, `${isoTime(notBefore)} – ${isoTime(notAfter)} (${days} d)`],
    [WORDS.key, publicKey.label],
    [WORDS.signature, signatureAlgorithm.label],
    [WORDS.ca, certificate.basicConstraints?.ca ? 'CA' : null],
    [WORDS.purposes, certificate.extendedKeyUsage?.map(purposeName).join(', ')],
    [WORDS.serial, certificate.serialHex],
    [WORDS.keyId, hexOf(certificate.subjectKeyIdentifier)],
    [WORDS.issuerKeyId, hexOf(certificate.authorityKeyIdentifier?.keyId)],
    [WORDS.issuerUrl, authorityInfoAccess?.caIssuers.join(', ')],
    [WORDS.ocsp, authorityInfoAccess?.ocsp.join(', ')],
    [WORDS.scts, String(certificate.signedCertificateTimestamps?.length ?? 0)],
    [WORDS.sha256, certificate.sha256],
  ]
  return rows.flatMap(([word, value]) => (value ? [[word, value] as const] : []))
}

function purposeName(oid: string): string {
  return Object.entries(KEY_PURPOSE_OID).find(([, known]) => known === oid)?.[0] ?? oid
}

function hexOf(bytes: Uint8Array | null | undefined): string | null {
  return bytes ? toHex(bytes) : null
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
}

const WORDS = {
  subject: { en: 'Subject', 'zh-CN': '主体' },
  names: { en: 'Names', 'zh-CN': '域名' },
  issuer: { en: 'Issuer', 'zh-CN': '签发者' },
  validity: { en: 'Valid', 'zh-CN': '有效期' },
  key: { en: 'Key', 'zh-CN': '密钥' },
  signature: { en: 'Signed with', 'zh-CN': '签名算法' },
  ca: { en: 'May issue', 'zh-CN': '可签发' },
  purposes: { en: 'For', 'zh-CN': '用途' },
  serial: { en: 'Serial', 'zh-CN': '序列号' },
  keyId: { en: 'Key id', 'zh-CN': '密钥标识' },
  issuerKeyId: { en: "Issuer's key id", 'zh-CN': '签发者密钥标识' },
  issuerUrl: { en: "Issuer's certificate", 'zh-CN': '签发者证书地址' },
  ocsp: { en: 'OCSP', 'zh-CN': 'OCSP' },
  scts: { en: 'SCTs', 'zh-CN': 'SCT 数量' },
  sha256: { en: 'SHA-256', 'zh-CN': 'SHA-256' },
  fault: { en: 'Not a certificate', 'zh-CN': '无法解析' },
} as const satisfies Record<string, Text>
