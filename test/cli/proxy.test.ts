// Proxies, STARTTLS and addresses as users ask for them: the real program, real servers and proxies on loopback.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type CliOptions, type JsonReport, runCli } from '../helpers/cli.ts'
import { startHttpProxy, startSocksProxy } from '../helpers/proxies.ts'
import { startStarttls } from '../helpers/starttls-servers.ts'
import { identity, startTcp, startTls } from '../helpers/tls-server.ts'

const own = identity('ec-p256')
const hosts = { 'inside.example': '127.0.0.1' }

async function check(args: readonly string[], options?: CliOptions) {
  const { code, stdout, stderr } = await runCli(
    ['check', '-f', 'json', '--no-fetch', '--timeout', '3s', ...args],
    options,
  )
  const [target] = (JSON.parse(stdout) as JsonReport).targets
  if (!target) throw new Error('no target in the report')
  return { code, stderr, target }
}

describe('--proxy', () => {
  it.each([
    ['http', startHttpProxy],
    ['socks5h', startSocksProxy],
  ])('%s: the whole check goes through it, and no password is shown', async (scheme, start) => {
    const [port, proxy] = [await startTls(own), await start({ hosts, login: 'me:s3cret' })]
    const url = `${scheme}://me:s3cret@127.0.0.1:${proxy.port}`
    const folder = temporaryFolder()
    const saved = path.join(folder, 'saved.json')
    const { code, stderr, target } = await check([
      `inside.example:${port}`,
      ...['--proxy', url, '--save', saved],
    ])
    expect([code, stderr]).toEqual([1, ''])
    expect(target.addresses).toMatchObject([{ ip: 'inside.example', family: null, status: 'fail' }])
    expect(proxy.asked.length).toBeGreaterThan(10)
    expect(readFileSync(saved, 'utf8')).not.toContain('s3cret')
    const judged = await runCli(['judge', saved, '-f', 'json'])
    expect(JSON.parse(judged.stdout).targets[0].addresses).toEqual(target.addresses)
  })

  it('that does not let us through ends in 3 and says why', async () => {
    const proxy = await startHttpProxy({ login: 'me:other' })
    const url = `http://me:s3cret@127.0.0.1:${proxy.port}`
    const { code, stderr, target } = await check(['api.example', '--proxy', url])
    expect([code, stderr]).toEqual([3, ''])
    expect(target).toMatchObject({
      status: 'unreachable',
      error: { code: 'ERR_PROXY', phase: 'proxy' },
    })
    expect(target.error?.message).toBe(
      `proxy http://127.0.0.1:${proxy.port} does not accept this user name and password`,
    )
  })

  it('that is none ends in 2 without its password', async () => {
    const { code, stdout, stderr } = await runCli(['check', 'h', '--proxy', 'ftp://me:s3cret@h'])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^mpcert: not a proxy: "ftp:\/\/\*\*\*@h"/)
  })

  it('speaks TLS to a proxy that this system trusts', async () => {
    const port = await startTls(own)
    const proxy = await startHttpProxy({ hosts }, own)
    const trusted = path.join(temporaryFolder(), 'proxy.pem')
    writeFileSync(trusted, own.cert)
    const { code, target } = await check(
      [`inside.example:${port}`, '--proxy', `https://localhost:${proxy.port}`],
      { env: { NODE_EXTRA_CA_CERTS: trusted } },
    )
    expect([code, target.status]).toEqual([1, 'fail'])
    expect(proxy.asked.length).toBeGreaterThan(10)
  })
})

describe('the environment', () => {
  it('names a proxy, which is said once', async () => {
    const [port, proxy] = [await startTls(own), await startHttpProxy({ hosts })]
    const env = { HTTPS_PROXY: `http://me:s3cret@127.0.0.1:${proxy.port}` }
    const { stdout, stderr } = await runCli(
      ['check', `inside.example:${port}`, `inside.example:${port + 1}`, '--no-fetch'],
      { env },
    )
    expect(stderr).toBe(
      `mpcert: connecting through http://127.0.0.1:${proxy.port} (HTTPS_PROXY); --proxy '' connects directly\n`,
    )
    expect(stdout).not.toContain('s3cret')
    expect(proxy.asked).toContain(`inside.example:${port}`)
  })

  it.each([
    ["--proxy ''", ['--proxy', ''], {}],
    ['NO_PROXY', [], { NO_PROXY: '127.0.0.0/8' }],
  ])('is overruled by %s', async (_, flags, more) => {
    const [port, proxy] = [await startTls(own), await startHttpProxy()]
    const env = { ALL_PROXY: `http://127.0.0.1:${proxy.port}`, ...more }
    const { code, stderr } = await check([`127.0.0.1:${port}`, ...flags], { env })
    expect([code, stderr]).toEqual([1, ''])
    expect(proxy.asked).toEqual([])
  })

  it('that names no proxy is told before anything is checked', async () => {
    const { code, stdout, stderr } = await runCli(['check', 'h'], { env: { https_proxy: 'x://y' } })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^mpcert: https_proxy: not a proxy: "x:\/\/y"/)
  })

  it('counts for show', async () => {
    const [port, proxy] = [await startTls(own), await startHttpProxy({ hosts })]
    const { code, stdout } = await runCli(['show', `inside.example:${port}`, '--pem'], {
      env: { all_proxy: `http://127.0.0.1:${proxy.port}` },
    })
    expect(code).toBe(0)
    expect(stdout).toBe(own.cert)
  })
})

describe('--starttls', () => {
  it('checks a mail server, and prints the command of openssl for it', async () => {
    const port = await startStarttls('smtp', own)
    const args = [`127.0.0.1:${port}`, '--starttls', 'smtp', '--no-fetch', '--show-openssl']
    const { code, stdout } = await runCli(['check', ...args])
    expect(code).toBe(1)
    expect(stdout).toContain(`openssl s_client -connect 127.0.0.1:${port} -starttls smtp`)
  })

  it('ends in 3 where it is not offered', async () => {
    const port = await startStarttls('imap', own, { refuses: true })
    const { code, target } = await check([`127.0.0.1:${port}`, '--starttls', 'imap'])
    expect(code).toBe(3)
    expect(target.error).toMatchObject({
      code: 'ERR_STARTTLS',
      phase: 'starttls',
      message: `127.0.0.1:${port} does not offer STARTTLS in IMAP`,
    })
  })

  it('brings the port of its protocol', async () => {
    const proxy = await startHttpProxy({ refuses: { 'mail.example': 502 } })
    const url = `http://127.0.0.1:${proxy.port}`
    await check(['mail.example', '--starttls', 'smtp', '--proxy', url])
    await check(['https://mail.example', '--starttls', 'smtp', '--proxy', url])
    expect(proxy.asked).toEqual(['mail.example:25', 'mail.example:443'])
  })

  it('shows the chain', async () => {
    const port = await startStarttls('postgres', own)
    const { stdout } = await runCli([
      'show',
      `127.0.0.1:${port}`,
      '--starttls',
      'postgres',
      '--pem',
    ])
    expect(stdout).toBe(own.cert)
  })

  it('knows no other protocol', async () => {
    const { code, stderr } = await runCli(['check', 'h', '--starttls', 'gopher'])
    expect(code).toBe(2)
    expect(stderr).toMatch(/--starttls gopher: choose one of ftp, imap/)
  })
})

it('gives up on a silent proxy in time', async () => {
  const silent = await startTcp(() => {})
  const started = performance.now()
  const { code, target } = await check([
    'api.example',
    ...['--proxy', `socks5h://127.0.0.1:${silent}`, '--timeout', '300ms'],
  ])
  expect([code, target.error?.code]).toEqual([3, 'ERR_PROXY'])
  expect(performance.now() - started).toBeLessThan(8000)
})

it.each(['0', '101', '2.5', 'many'])(
  '--max-connections %s is no number of connections',
  async n => {
    const { code, stderr } = await runCli(['check', 'h', '--max-connections', n])
    expect(code).toBe(2)
    expect(stderr).toBe(`mpcert: --max-connections ${n}: a number from 1 to 100\n`)
  },
)

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'mpcert-proxy-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
