// A Mini Program of 2,000 files, read and judged: time and peak memory of the whole command.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const PAGES = 500
const ROUNDS = 5

export async function bench(print) {
  const folder = mkdtempSync(path.join(tmpdir(), 'mpcert-bench-project-'))
  try {
    const files = generate(folder)
    const runs = Array.from({ length: ROUNDS }, () => run(folder))
    const times = runs.map(({ ms }) => ms).sort((a, b) => a - b)
    const peak = Math.max(...runs.map(({ kib }) => kib))
    print(`${files} files, ${runs[0].bytes} bytes of report`, `exit ${runs[0].status}`)
    print('time, median of 5', `${Math.round(times[ROUNDS >> 1])} ms`)
    print('memory, peak', `${Math.round(peak / 1024)} MB`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(folder) {
  const program = fileURLToPath(new URL('../../bin/mpcert.js', import.meta.url))
  const peak = new URL('peak.mjs', import.meta.url).href
  const started = performance.now()
  const args = ['--import', peak, program, 'project', folder, '--format', 'json']
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { maxBuffer: 1 << 28 })
  const [, kib = '0'] = /peak (\d+)/.exec(stderr.toString()) ?? []
  return { ms: performance.now() - started, status, bytes: stdout.length, kib: Number(kib) }
}

/** Pages of a script, a template, a style and a setting each. */
function generate(folder) {
  const write = (file, text) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), text)
  }
  const pages = Array.from({ length: PAGES }, (_, index) => `pages/p${index}/p${index}`)
  write('app.json', JSON.stringify({ pages }))
  write('config.js', "module.exports = { HOST: 'https://api.example.com' }\n")
  const domains = { request: ['https://api.example.com'], download: ['https://cdn.example.com'] }
  write('mpcert.config.json', JSON.stringify({ domains }))
  for (const [index, page] of pages.entries()) {
    write(`${page}.js`, script(index))
    write(
      `${page}.wxml`,
      `<view><image src="https://cdn.example.com/${index}.png" /></view>\n`.repeat(20),
    )
    write(
      `${page}.wxss`,
      `.a${index} { background: url(https://cdn.example.com/b.png) }\n`.repeat(20),
    )
    write(`${page}.json`, JSON.stringify({ navigationBarTitleText: `Page ${index}` }))
  }
  return PAGES * 4 + 3
}

/** About 4 KB; one call in ten goes to a host that is not listed. */
function script(index) {
  const host = index % 10 === 0 ? "'https://other.example.com'" : 'HOST'
  const method = number => `
  load${number}(id) {
    const { page, size } = this.data
    wx.request({
      url: ${host} + \`/v1/items/\${id}?page=\${page}\`,
      success: res => {
        if (res.statusCode !== 200) return this.fail(res)
        this.setData({ items: this.data.items.concat(res.data.items.slice(0, size)) })
      },
    })
  },`
  const methods = Array.from({ length: 10 }, (_, number) => method(number)).join('')
  return `const { HOST } = require('../../config')\n\nPage({\n  data: { page: 0, size: 20, items: [] },${methods}\n})\n`
}
