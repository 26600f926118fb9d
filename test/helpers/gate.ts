/** `mpcert gate` in a folder of its own, and the certificates to put there. */
import { encodePem } from '../../src/x509/pem.ts'
import type { SigningKey } from '../../src/x509/signing-key.ts'
import { makeCa, makeLeaf, NOW, testKey } from './certs.ts'
import { type JsonReport, runCli } from './cli.ts'
import { type Files, writeFolder } from './folder.ts'

export const HOST = 'api.gate.example'
export const root = makeCa('Gate Root')
export const issuer = makeCa('Gate CA', { issuer: root })
export const key = testKey('ec-p256', 5)
export const leaf = makeLeaf([HOST, 'www.gate.example'], { issuer, key })
export const other = makeLeaf(['other.gate.example'], { issuer, key: testKey('rsa-2048') })

export const keyPem = ({ privateKey }: SigningKey, type: 'pkcs8' | 'sec1' | 'pkcs1' = 'pkcs8') =>
  privateKey.export({ type: type as 'pkcs8', format: 'pem' }).toString()
export const pem = (...certificates: { readonly der: Uint8Array }[]) =>
  certificates.map(({ der }) => encodePem(der)).join('')
export const ALWAYS = ['--at', new Date(NOW).toISOString(), '--no-fetch', '--cacert', 'root.pem']

/** Runs it in a folder with these files beside the root. */
export async function gate(
  files: Files,
  args: readonly string[],
  env: Record<string, string> = {},
) {
  const folder = writeFolder({ 'root.pem': pem(root), ...files })
  const result = await runCli(['gate', ...args, ...ALWAYS], { cwd: folder, env })
  return { ...result, folder }
}

export async function judged(files: Files, args: readonly string[], env?: Record<string, string>) {
  const { stdout, code, stderr, folder } = await gate(files, [...args, '-f', 'json'], env)
  if (stdout === '') throw new Error(stderr)
  const report = JSON.parse(stdout) as JsonReport
  const found = report.targets.map(({ findings }) =>
    findings.filter(({ ruleId }) => ruleId !== 'ct-missing').map(({ ruleId }) => ruleId),
  )
  return { report, code, stderr, found, folder }
}
