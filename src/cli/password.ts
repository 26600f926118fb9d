/** The password of a key or a PKCS#12 file: from a file, from the environment, or from whoever sits at the terminal. */
import { Writable } from 'node:stream'
import { DecodeError, UsageError } from '../errors.ts'
import type { Host } from './host.ts'
import type { Invocation } from './invocation.ts'
import { readInput } from './read-input.ts'

const VARIABLE = 'MPCERT_PASSWORD'

/** Opens what a file holds. @throws UsageError where there is no password, or a wrong one */
export interface Opener {
  open<T>(file: string, attempt: (password: string) => Promise<T | null>): Promise<T>
}

export class Password implements Opener {
  private readonly invocation: Invocation
  private given: Promise<string | null> | null = null

  constructor(invocation: Invocation) {
    this.invocation = invocation
  }

  /** What stands against --password-file is told before any file is. @throws MpcertError ERR_FILE */
  async prepare(): Promise<void> {
    if (this.invocation.flags.text('passwordFile') !== undefined) await this.find('-')
  }

  /** The user is asked once a run. */
  async open<T>(file: string, attempt: (password: string) => Promise<T | null>): Promise<T> {
    const password = await this.find(file)
    if (password === null)
      throw new UsageError({
        en: `${file} needs a password: --password-file FILE, or ${VARIABLE}`,
        'zh-CN': `${file} 需要密码：请用 --password-file 文件，或环境变量 ${VARIABLE}`,
      })
    const opened = await attempt(password)
    if (opened === null) throw wrongPassword(file)
    return opened
  }

  private find(file: string): Promise<string | null> {
    this.given ??= this.ask(file)
    return this.given
  }

  /** Null where there is none, and nobody to ask. */
  private async ask(file: string): Promise<string | null> {
    const { flags, host, locale } = this.invocation
    const from = flags.text('passwordFile')
    // The newline that an editor leaves belongs to no password.
    if (from !== undefined)
      return new TextDecoder().decode(await readInput(from, MAX_BYTES)).replace(/\r?\n.*$/s, '')
    const given = host.env[VARIABLE]
    if (given !== undefined) return given
    if (!isTerminal(host)) return null
    return prompt(host, { en: `Password of ${file}: `, 'zh-CN': `${file} 的密码：` }[locale])
  }
}

/** A password a line, tried in turn, as nginx does it with `ssl_password_file`. */
export class PasswordLines implements Opener {
  private readonly lines: readonly string[]

  private constructor(lines: readonly string[]) {
    this.lines = lines
  }

  /** @throws MpcertError ERR_FILE */
  static async read(file: string): Promise<PasswordLines> {
    const text = new TextDecoder().decode(await readInput(file, MAX_BYTES))
    return new PasswordLines(text.split(/\r?\n/).filter(line => line !== ''))
  }

  async open<T>(file: string, attempt: (password: string) => Promise<T | null>): Promise<T> {
    for (const line of this.lines) {
      const opened = await attempt(line).catch((error: unknown) => {
        // A wrong password now and then gives bytes that look right up to their end.
        if (error instanceof DecodeError) return null
        throw error
      })
      if (opened !== null) return opened
    }
    throw wrongPassword(file)
  }
}

function wrongPassword(file: string): UsageError {
  return new UsageError({ en: `${file}: the password is wrong`, 'zh-CN': `${file}：密码错误` })
}

const MAX_BYTES = 64 << 10

function isTerminal({ stdin, stderr }: Host): boolean {
  return 'isTTY' in stdin && stdin.isTTY === true && stderr.isTTY === true
}

/** Nothing of what is typed is shown. */
async function prompt(host: Host, question: string): Promise<string> {
  const { createInterface } = process.getBuiltinModule('node:readline')
  const { stdin, stderr } = host
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input: stdin, output: nowhere, terminal: true })
  stderr.write(question)
  return new Promise<string>((resolve, reject) => {
    const stop = () =>
      reject(new UsageError({ en: 'no password was given', 'zh-CN': '未输入密码' }))
    reader.once('line', resolve)
    // A terminal that is read key by key sends no signal.
    reader.once('SIGINT', () => {
      host.emit('SIGINT')
      stop()
    })
    reader.once('close', stop)
  }).finally(() => {
    reader.close()
    stderr.write('\n')
  })
}
