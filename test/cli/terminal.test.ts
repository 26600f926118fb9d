import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { Host, Output } from '../../src/cli/host.ts'
import { Outlet } from '../../src/cli/outlet.ts'
import { styleFor } from '../../src/cli/terminal.ts'

function host(env: Host['env'] = {}, platform: NodeJS.Platform = 'linux'): Host {
  const stream = () => new PassThrough() as Output
  const nothing = () => undefined
  return {
    stdin: new PassThrough(),
    stdout: stream(),
    stderr: stream(),
    env,
    platform,
    cwd: () => '/',
    on: nothing,
    off: nothing,
    emit: () => undefined,
  }
}

const terminal = (columns?: number) =>
  Object.assign(new PassThrough(), { isTTY: true, ...(columns ? { columns } : {}) }) as Output

describe('colour', () => {
  it.each([
    ['a terminal has it', terminal(), {}, undefined, true],
    ['a pipe has not', new PassThrough() as Output, {}, undefined, false],
    ['NO_COLOR takes it', terminal(), { NO_COLOR: '1' }, undefined, false],
    ['an empty NO_COLOR does not', terminal(), { NO_COLOR: '' }, undefined, true],
    ['FORCE_COLOR gives it', new PassThrough() as Output, { FORCE_COLOR: '1' }, undefined, true],
    ['FORCE_COLOR=0 takes it', terminal(), { FORCE_COLOR: '0' }, undefined, false],
    [
      'NO_COLOR beats FORCE_COLOR',
      terminal(),
      { NO_COLOR: '1', FORCE_COLOR: '1' },
      undefined,
      false,
    ],
    ['a dumb terminal has not', terminal(), { TERM: 'dumb' }, undefined, false],
    ['the flag beats all', new PassThrough() as Output, { NO_COLOR: '1' }, true, true],
    ['the other flag too', terminal(), { FORCE_COLOR: '1' }, false, false],
  ] as const)('%s', (_, stream, env, color, expected) => {
    expect(styleFor(stream, host(env), { color }).color).toBe(expected)
  })
})

it('takes the width of the terminal, else COLUMNS, else a page', () => {
  expect(styleFor(terminal(160), host(), {}).width).toBe(160)
  expect(styleFor(new PassThrough() as Output, host({ COLUMNS: '72' }), {}).width).toBe(72)
  expect(styleFor(new PassThrough() as Output, host({ COLUMNS: 'wide' }), {}).width).toBe(100)
})

it('draws in ASCII where the console lacks the signs', () => {
  const ascii = (env: Host['env'], platform: NodeJS.Platform) =>
    styleFor(terminal(), host(env, platform), {}).ascii
  expect(ascii({}, 'win32')).toBe(true)
  expect(ascii({ WT_SESSION: '1' }, 'win32')).toBe(false)
  expect(ascii({ TERM: 'linux' }, 'linux')).toBe(true)
  expect(ascii({ TERM: 'xterm-256color' }, 'darwin')).toBe(false)
  expect(styleFor(terminal(), host({ TERM: 'linux' }), { ascii: false }).ascii).toBe(false)
})

describe('a reader that leaves', () => {
  it.each(['EPIPE', 'EOF'])('%s ends nothing', async code => {
    const here = host()
    const outlet = new Outlet(here)
    here.stdout.destroy(Object.assign(new Error(code), { code }))
    await outlet.print('more')
    await outlet.error('said all the same')
    expect((here.stderr as unknown as PassThrough).read().toString()).toBe('said all the same\n')
  })

  it('keeps stdout and stderr in the order they were written', async () => {
    const both: string[] = []
    const here = host()
    for (const stream of [here.stdout, here.stderr])
      (stream as unknown as PassThrough).on('data', chunk => both.push(String(chunk)))
    const outlet = new Outlet(here)
    outlet.write('a')
    outlet.hint('b')
    await outlet.print('c')
    await outlet.drained()
    expect(both).toEqual(['a', 'mpcert: b\n', 'c'])
  })
})
