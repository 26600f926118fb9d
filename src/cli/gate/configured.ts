/** `--nginx`: each certificate of a configuration, for each name of its servers. */
import { MpcertError, UsageError } from '../../errors.ts'
import type { Text } from '../../text.ts'
import type { Invocation } from '../invocation.ts'
import { type Opener, type Password, PasswordLines } from '../password.ts'
import { placeFrom } from '../targets.ts'
import { type Bundle, bundlesOf } from './bundle.ts'
import type { Deployment, Deployments, Unread } from './deployment.ts'
import type { At } from './nginx/directives.ts'
import { type Key, type Pair, type Reference, readNginx, type Server } from './nginx.ts'
import { readPemCertificates, readPemKey } from './pem-files.ts'

/** What one block lacks is told, and the others are judged. @throws UsageError where it has no certificate in any file */
export async function readConfigured(
  nginx: string,
  password: Password,
  invocation: Invocation,
): Promise<Deployments> {
  const { complain, hint, flags, host } = invocation
  await password.prepare()
  const { servers, open } = await readNginx(nginx)
  for (const text of open) complain(text)
  if (servers.length === 0)
    throw new UsageError({
      en: `${nginx}: no ssl_certificate in it that is a file`,
      'zh-CN': `${nginx}：其中没有指向文件的 ssl_certificate`,
    })
  const reader = new PairReader(password, invocation)
  const deployments = new Map<string, Deployment>()
  let isWhole = open.length === 0
  for (const server of servers) {
    const names = server.hosts.length > 0 ? server.hosts : flags.list('host')
    if (names.length === 0) complain(noName(server))
    else if (server.unchecked.length > 0) hint(uncheckedNames(server))
    isWhole &&= names.length > 0
    for (const pair of server.pairs) {
      const { certificate, key } = pair
      if (key === 'elsewhere') hint(unknownKey(certificate))
      const bundle = await reader.read(pair)
      const file = placeFrom(certificate.at.file, host)
      const origin = file === null ? null : { file, line: certificate.at.line, column: 1 }
      for (const name of names.length > 0 ? names : [null]) {
        const identity = `${identityOf(pair)} ${name}`
        if (!deployments.has(identity))
          deployments.set(identity, { bundle, host: name, port: server.port, origin })
      }
    }
  }
  return { deployments: [...deployments.values()], isWhole }
}

/** Reads each pair once, however many servers share it. */
class PairReader {
  private readonly password: Opener
  private readonly signal: AbortSignal
  private readonly known = new Map<string, Bundle>()

  constructor(password: Opener, { signal }: Invocation) {
    this.password = password
    this.signal = signal
  }

  async read(pair: Pair): Promise<Bundle | Unread> {
    const identity = identityOf(pair)
    const known = this.known.get(identity)
    if (known) return known
    const { certificate, key, otherKeys, passwords } = pair
    let at = certificate.at
    const follow = ({ at: place, name, data }: Reference) => {
      at = place
      return [name, data] as const
    }
    try {
      const certificates = await readPemCertificates(...follow(certificate))
      if (key === 'missing') throw new UsageError(NO_KEY)
      const opener = passwords ? await PasswordLines.read(follow(passwords)[0]) : this.password
      const keys = key === 'elsewhere' ? [] : [await readPemKey(...follow(key), opener)]
      if (keys.length > 0) keys.push(...(await readKeys(otherKeys, opener)))
      const file = certificate.name
      const [bundle] = bundlesOf([{ file, certificates, keys, ordered: true }])
      if (!bundle) throw new UsageError(NO_KEY)
      this.known.set(identity, bundle)
      return bundle
    } catch (error) {
      // Whoever breaks off at the question for a password wants no answer.
      if (!(error instanceof MpcertError) || this.signal.aborted) throw error
      const text = placed(at, error.text)
      return {
        file: certificate.name,
        error: { code: 'ERR_FILE', phase: 'read', system: null, text },
      }
    }
  }
}

/** Those that can be read: what the others lack is told of their own pairs. */
async function readKeys(keys: readonly Key[], opener: Opener): Promise<readonly Uint8Array[]> {
  const read: Uint8Array[] = []
  for (const key of keys)
    try {
      if (key !== 'elsewhere') read.push(await readPemKey(key.name, key.data, opener))
    } catch (error) {
      if (!(error instanceof MpcertError)) throw error
    }
  return read
}

function identityOf({ certificate, key, otherKeys, passwords }: Pair): string {
  const parts = [certificate, key, passwords, ...otherKeys]
  return JSON.stringify(
    parts.map(one => (one === null || typeof one === 'string' ? one : [one.name])),
  )
}

const NO_KEY: Text = {
  en: 'no ssl_certificate_key for this certificate',
  'zh-CN': '该证书没有对应的 ssl_certificate_key',
}

function noName({ at, unchecked }: Server): Text {
  const names = unchecked.length > 0 ? ` (${unchecked.join(' ')})` : ''
  const zhNames = unchecked.length > 0 ? `（${unchecked.join(' ')}）` : ''
  return placed(at, {
    en: `the server has no name that can be checked${names}: --host api.example.com gives it one`,
    'zh-CN': `该 server 没有可以检查的域名${zhNames}：可用 --host api.example.com 指定`,
  })
}

function uncheckedNames({ at, unchecked }: Server): Text {
  return placed(at, {
    en: `names that are not checked: ${unchecked.join(' ')}`,
    'zh-CN': `未检查的域名：${unchecked.join(' ')}`,
  })
}

function unknownKey(certificate: Reference): Text {
  return placed(certificate.at, {
    en: 'the key is in no file: whether the certificate belongs to it is not checked',
    'zh-CN': '私钥不在文件中，不检查其与证书是否匹配',
  })
}

function placed({ file, line }: At, { en, 'zh-CN': zh }: Text): Text {
  return { en: `${file}:${line}: ${en}`, 'zh-CN': `${file}:${line}：${zh}` }
}
