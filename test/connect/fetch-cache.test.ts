import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { utf8 } from '../../src/bytes.ts'
import { openFetchCache } from '../../src/connect/fetch-cache.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { DAY_MS, makeCa } from '../helpers/certs.ts'

const URL = 'http://ca.example/ca.der'
const { der } = makeCa('Kept')

let folder: string
beforeEach(async () => {
  const made = await mkdtemp(path.join(tmpdir(), 'mpcert-cache-'))
  folder = path.join(made, 'not', 'there', 'yet')
  onTestFinished(() => rm(made, { recursive: true, force: true }))
})

const only = async () => path.join(folder, (await readdir(folder))[0] ?? '')

it('keeps certificates by their URL, in a folder that it makes', async () => {
  const cache = openFetchCache({ folder })
  expect(await cache.read(URL)).toBeNull()
  await cache.write(URL, der)
  expect(await openFetchCache({ folder }).read(URL)).toEqual(der)
  expect(await cache.read(`${URL}?`)).toBeNull()
  expect(await readdir(folder)).toHaveLength(1)
  await cache.write(`${URL}.pem`, utf8(encodePem(der)))
  expect(await cache.read(`${URL}.pem`)).toEqual(utf8(encodePem(der)))
})

it('keeps nothing that holds no certificate, or is too large', async () => {
  const cache = openFetchCache({ folder })
  await cache.write(URL, utf8('<html>not found</html>'))
  await cache.write(URL, new Uint8Array())
  await cache.write(URL, utf8(`${encodePem(der)}${' '.repeat(70_000)}`))
  expect(await cache.read(URL)).toBeNull()
})

it('forgets after a week, and does not believe files from the future', async () => {
  await openFetchCache({ folder }).write(URL, der)
  const after = (ms: number) => openFetchCache({ folder, now: () => Date.now() + ms }).read(URL)
  expect(await after(6 * DAY_MS)).toEqual(der)
  expect(await after(8 * DAY_MS)).toBeNull()
  expect(await after(-DAY_MS)).toBeNull()
})

it('passes over a file that was cut or changed, and replaces it', async () => {
  const cache = openFetchCache({ folder })
  await cache.write(URL, der)
  const whole = await readFile(await only())
  for (const at of [0, 31, 32, 40, whole.length - 1]) {
    const changed = Uint8Array.from(whole)
    changed[at] = (changed[at] ?? 0) ^ 1
    await writeFile(await only(), changed)
    expect(await cache.read(URL)).toBeNull()
    await writeFile(await only(), whole.subarray(0, at))
    expect(await cache.read(URL)).toBeNull()
  }
  await cache.write(URL, der)
  expect(await cache.read(URL)).toEqual(der)
})

it('removes what is old and what is too much, and nothing that is not its own', async () => {
  const cache = openFetchCache({ folder, maxFiles: 3 })
  await cache.write('http://old.example/', der)
  const longAgo = (Date.now() - 30 * DAY_MS) / 1000
  await utimes(await only(), longAgo, longAgo)
  await writeFile(path.join(folder, 'notes.txt'), 'mine')
  for (let index = 0; index < 5; index++) await cache.write(`http://${index}.example/`, der)
  const names = await readdir(folder)
  expect(names).toHaveLength(4)
  expect(names).toContain('notes.txt')
  expect(await cache.read('http://4.example/')).toEqual(der)
})

it('is no failure where there is no place for it', async () => {
  const file = `${path.dirname(path.dirname(path.dirname(folder)))}/file`
  await writeFile(file, '')
  const cache = openFetchCache({ folder: path.join(file, 'below') })
  await cache.write(URL, der)
  expect(await cache.read(URL)).toBeNull()
})
