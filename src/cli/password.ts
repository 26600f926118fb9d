/** The password of a key or a PKCS#12 file: from a file, from the environment, or from whoever sits at the terminal. */
import { Writable } from 'node:stream'
import { UsageError } from '../errors.ts'
import type { Host } from './host.ts'
import type { Invocation } from './invocation.ts'
import { readInput } from './read-input.ts'

const VARIABLE = 'MPCERT_PASSWORD'

export class Password {
  private readonly invocation: Invocation
  private asked: Promise<string> | null = null

  constructor(invocation: Invocation) {
    this.invocation = invocation
  }

  /** Opens what this file holds; the user is asked once a run. @throws UsageError where there is no password, or a wrong one */
  async open<T>(file: string, attempt: (password: string) => Promise<T | null>): Promise<T> {
    this.asked ??= this.ask(file)
    const opened = await attempt(await this.asked)
    if (opened !== null) return opened
    throw new UsageError({
      en: `${file}: the password is wrong`,
      'zh-CN': `${file}：密码错误`,
    })
  }

  private async ask(file: string): Promise<string> {
    const { flags, host, locale } = this.invocation
    const from = flags.text('passwordFile')
    // The newline that an editor leaves belongs to no password.
    if (from !== undefined)
      return new TextDecoder().decode(await readInput(from, MAX_BYTES)).replace(/\r?\n.*$/s, '')
    const given = host.env[VARIABLE]
    if (given !== undefined) return given
    if (isTerminal(host))
      return prompt(host, { en: `Password of ${file}: `, 'zh-CN': `${file} 的密码：` }[locale])
    throw new UsageError({
      en: `${file} needs a password: --password-file FILE, or ${VARIABLE}`,
      'zh-CN': `${file} 需要密码：请用 --password-file 文件，或环境变量 ${VARIABLE}`,
    })
  }
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
