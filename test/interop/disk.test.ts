// A disk that is full: a small one is mounted where the system lets us.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { writeFolder } from '../helpers/folder.ts'
import { closedPort } from '../helpers/tls-server.ts'

const PROGRAM = fileURLToPath(new URL('../../bin/mpcert.js', import.meta.url))

const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0

describe.runIf(canMount)('a full disk', () => {
  /** Of 64 KB, with an old report on it; says what the program says, and what is there afterwards. */
  async function onFullDisk(output: string, targets: number) {
    const folder = writeFolder({ 'run.sh': FULL_DISK })
    mkdirSync(path.join(folder, 'disk'))
    const port = await closedPort()
    const list = Array.from({ length: targets }, (_, index) => `host-${index}.example:443`)
    writeFileSync(path.join(folder, 'hosts.txt'), list.join('\n'))
    const command = [process.execPath, PROGRAM, 'check', '--list', path.join(folder, 'hosts.txt')]
    const flags = ['--connect-to', `127.0.0.1:${port}`, '-q', '-o', output]
    const script = [path.join(folder, 'run.sh'), path.join(folder, 'disk'), ...command, ...flags]
    const said = execFileSync('unshare', ['-rm', 'sh', ...script], {
      encoding: 'utf8',
      env: { ...process.env, MPCERT_LANG: 'en' },
    })
    return said.trimEnd().split('\n')
  }

  test.each(['json', 'html'])('%s: one line, and the old file is as it was', async format => {
    const lines = await onFullDisk(`${format}=old`, 400)
    expect(lines).toEqual([
      'mpcert: old cannot be written: the disk is full',
      'exit 2',
      'old: what was there',
      'old',
    ])
  })

  test('jsonl: what fits is there, and --resume can take it', async () => {
    const lines = await onFullDisk('jsonl=new', 400)
    expect(lines).toEqual([
      'mpcert: new cannot be written: the disk is full',
      'exit 2',
      'old: what was there',
      'new',
      'old',
    ])
  })
})

const FULL_DISK = `
mount -t tmpfs -o size=64k none "$1" && cd "$1" || exit 1
printf 'what was there' > old
shift
"$@" 2>&1 >/dev/null
echo "exit $?"
echo "old: $(cat old)"
ls -A
`
