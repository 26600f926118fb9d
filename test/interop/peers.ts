/** What sslscan and nmap say of a server on loopback: pairs of version and suite. */
import { opensslName } from '../../src/wire/names.ts'
import { runProgram } from './programs.ts'

/** `TLSv1.2 TLS_RSA_WITH_AES_128_CBC_SHA`, sorted. */
export type Pairs = readonly string[]

/** SSL 2.0 and 3.0 are left out: it says only whether they are on. Its names are OpenSSL's, IANA's where that has none. */
export async function askSslscan(port: number): Promise<Pairs> {
  const said = await runProgram('sslscan', ['--no-colour', '--xml=-', `127.0.0.1:${port}`])
  const found = said.matchAll(/<cipher [^>]*sslversion="([^"]+)"[^>]*cipher="([^"]+)"/g)
  return [...found].map(([, version = '', name]) => `${tidy(version)} ${name}`).sort()
}

/** As sslscan would name a suite: the OpenSSL of today has dropped some. */
export function sslscanName(code: number, name: string, said: Pairs): string {
  const openssl = opensslName(code)
  return openssl && said.some(pair => pair.endsWith(` ${openssl}`)) ? openssl : name
}

export async function askNmap(port: number): Promise<Pairs> {
  const scripts = '+ssl-enum-ciphers,+sslv2'
  const args = ['-Pn', '-p', String(port), '--script', scripts, '127.0.0.1', '-oX', '-']
  const said = await runProgram('nmap', args)
  const pairs: string[] = []
  let version = ''
  for (const [, key, name] of said.matchAll(
    /<table key="(SSLv3|TLSv[\d.]+)">|<elem key="name">([^<]+)<\/elem>/g,
  )) {
    if (key) version = tidy(key)
    // It has a notation of its own for TLS 1.3.
    else if (name) pairs.push(`${version} ${name.replace(/^TLS_AKE_WITH_/, 'TLS_')}`)
  }
  const old = [...said.matchAll(/\bSSL2_([A-Z0-9_]+_WITH_[A-Z0-9]+)\b/g)]
  const kinds = new Set(old.map(([, name]) => `SSLv2 SSL_CK_${name}`))
  return [...pairs, ...kinds].sort()
}

function tidy(version: string): string {
  return version === 'TLSv1.0' ? 'TLSv1' : version
}
