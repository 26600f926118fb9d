// The README shows real output: `npm test -- -u` writes it anew.
import { readFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import type { Host, Output } from '../src/cli/host.ts'
import { run } from '../src/cli/program.ts'

const root = new URL('..', import.meta.url)
const BLOCK = /(<!-- output: (.+?) -->\n)[\s\S]*?(<!-- \/output -->)/g

it.each(['README.md', 'README.zh-CN.md'])('%s', async name => {
  const file = fileURLToPath(new URL(name, root))
  const text = readFileSync(file, 'utf8')
  const blocks = [...text.matchAll(BLOCK)]
  expect(blocks.length).toBeGreaterThan(0)
  let shown = text
  for (const [block, opening, command = '', closing] of blocks) {
    const output = await outputOf(command.split(' '))
    shown = shown.replace(
      block,
      () => `${opening}\n\`\`\`text\n$ ${asTyped(command)}\n${output}\`\`\`\n\n${closing}`,
    )
  }
  await expect(shown).toMatchFileSnapshot(file)
})

/** The recorded server stands for a live one, the recorded file for one that is there. */
function asTyped(command: string): string {
  return command
    .replace(
      /^judge \S+gate\.json --cacert \S+/,
      'mpcert gate fullchain.pem --host api.example.com',
    )
    .replace(/^judge \S+ --cacert \S+/, 'mpcert check api.example.com')
    .replace(' --lang zh-CN', '')
}

async function outputOf(command: readonly string[]): Promise<string> {
  const stdout = new PassThrough()
  const nothing = () => undefined
  const host: Host = {
    stdin: new PassThrough(),
    stdout: stdout as Output,
    stderr: new PassThrough() as Output,
    env: { LANG: 'en_US.UTF-8', COLUMNS: '100' },
    platform: 'linux',
    cwd: () => fileURLToPath(root),
    on: nothing,
    off: nothing,
    emit: () => undefined,
  }
  const paths = command.map(part =>
    part.startsWith('test/') ? fileURLToPath(new URL(part, root)) : part,
  )
  expect([1, 2]).toContain(await run(paths, host))
  return String(stdout.read())
}
