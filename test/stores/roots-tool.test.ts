// The script that makes the stores' files, run on a copy of them.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadStores } from '../../src/stores/load.ts'

const project = fileURLToPath(new URL('../..', import.meta.url))

describe('test/tools/roots.mjs', () => {
  let copy: string

  beforeAll(() => {
    copy = mkdtempSync(path.join(tmpdir(), 'roots-'))
    cpSync(path.join(project, 'src/stores'), path.join(copy, 'src/stores'), { recursive: true })
  })
  afterAll(() => rmSync(copy, { recursive: true, force: true }))

  it('needs no source again: without one it writes what it read', () => {
    expect(run()).toMatchObject({ status: 0 })
    for (const file of ['versions.jsonl', 'roots.jsonl'])
      expect(text(copy, file)).toBe(text(project, file))
    expect(pool(copy).equals(pool(project))).toBe(true)
  })

  it('adds what a source holds, and nothing that the table does not name', () => {
    const der = Buffer.from(loadStores().find('ISRG Root X1')[0]!.der!)
    const stranger = Uint8Array.from(der).fill(0, -4)
    forget(der)
    expect(pool(copy).includes(der)).toBe(false)
    writeFileSync(path.join(copy, 'source.pem'), `${pem(stranger)}words\n${pem(der)}`)
    expect(run(path.join(copy, 'source.pem'))).toMatchObject({ status: 0 })
    expect(text(copy, 'roots.jsonl')).toBe(text(project, 'roots.jsonl'))
    expect(pool(copy).equals(pool(project))).toBe(true)
  })

  it('stops where table and certificate disagree', () => {
    const lines = text(copy, 'roots.jsonl').split('\n')
    const at = lines.findIndex(line => line.includes('"size"'))
    const root = JSON.parse(lines[at]!)
    lines[at] = JSON.stringify({ ...root, spki: '0'.repeat(64) })
    writeFileSync(path.join(copy, 'src/stores/roots.jsonl'), lines.join('\n'))
    const { status, stderr } = run()
    expect(status).not.toBe(0)
    expect(stderr).toContain(`${root.name}: another key`)
  })

  function run(...sources: string[]) {
    const script = path.join(project, 'test/tools/roots.mjs')
    const folder = path.join(copy, 'src/stores')
    return spawnSync(process.execPath, [script, '--folder', folder, ...sources], {
      encoding: 'utf8',
    })
  }

  /** Takes one certificate out of the copy's pool, and its size out of the record. */
  function forget(der: Buffer): void {
    const rest = blocks(copy).map(block => {
      const at = block.indexOf(der)
      return at < 0
        ? block
        : Buffer.concat([block.subarray(0, at), block.subarray(at + der.length)])
    })
    const params = { [constants.BROTLI_PARAM_QUALITY]: 1 }
    const packed = rest.flatMap(block => {
      const bytes = brotliCompressSync(block, { params })
      const length = Buffer.alloc(4)
      length.writeUInt32BE(bytes.length)
      return [length, bytes]
    })
    writeFileSync(path.join(copy, 'src/stores/roots.br'), Buffer.concat(packed))
    const records = text(copy, 'roots.jsonl').replace(/("name":"ISRG Root X1".*),"size":\d+/, '$1')
    writeFileSync(path.join(copy, 'src/stores/roots.jsonl'), records)
  }
})

function text(root: string, file: string): string {
  return readFileSync(path.join(root, 'src/stores', file), 'utf8')
}

/** The pool itself: how it is packed may differ between releases of Node. */
function pool(root: string): Buffer {
  return Buffer.concat(blocks(root))
}

function blocks(root: string): Buffer[] {
  const file = readFileSync(path.join(root, 'src/stores/roots.br'))
  const found: Buffer[] = []
  for (let offset = 0; offset < file.length; ) {
    const end = offset + 4 + file.readUInt32BE(offset)
    found.push(brotliDecompressSync(file.subarray(offset + 4, end)))
    offset = end
  }
  return found
}

function pem(der: Uint8Array): string {
  const body = Buffer.from(der).toString('base64')
  return `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`
}
