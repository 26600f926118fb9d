import { beforeAll, describe, expect, it } from 'vitest'
import { utf8 } from '../../../src/bytes.ts'
import { DecodeError, UsageError } from '../../../src/errors.ts'
import type { Imported } from '../../../src/stores/import/imported.ts'
import { type ImportRequest, readImport } from '../../../src/stores/import/read-import.ts'
import { loadStores } from '../../../src/stores/load.ts'
import type { Stores } from '../../../src/stores/store.ts'
import type { Issued } from '../../../src/x509/issue.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import { makeCa, makeLeaf, NOW, parsed } from '../../helpers/certs.ts'
import {
  anchorsOf,
  bundle,
  chromeList,
  csv,
  logJson,
  logListJson,
  quotedPem,
  sha256Of,
} from './sources.ts'

let stores: Stores
let root: Issued
let intermediate: Issued
beforeAll(() => {
  stores = loadStores()
  root = makeCa('New Root')
  intermediate = makeCa('New Intermediate', { issuer: root })
})

type Files = Readonly<Record<string, string | Uint8Array>>

function read(files: Files, said: Partial<ImportRequest> = {}): Imported {
  const request = { source: 'there', sha256: 'f'.repeat(64), date: '2026-11-25' }
  return readImport(
    {
      ...request,
      store: null,
      version: null,
      files: Object.entries(files).map(([name, content]) => ({
        name,
        bytes: typeof content === 'string' ? utf8(content) : content,
      })),
      ...said,
    },
    stores,
  )
}

describe('a bundle of roots', () => {
  it('needs to be told whose it is, and which version', () => {
    const files = { 'ca.pem': bundle([root.der, root.der]) }
    expect(read(files, { store: 'apple', version: '26.4' })).toMatchObject({
      ...{ kind: 'roots', store: 'apple', version: '26.4', source: 'there', constraints: null },
      roots: [{ sha256: sha256Of(root.der), der: root.der }],
    })
    expect(() => read(files)).toThrow(/--store/)
    expect(() => read(files, { store: 'apple' })).toThrow(/--store-version/)
    expect(() => read(files, { store: 'apple', version: '../x' })).toThrow(UsageError)
  })

  it('has the day for a version where the store counts by days', () => {
    const files = { 'authroot.pem': bundle([root.der]) }
    expect(read(files, { store: 'microsoft' })).toMatchObject({ version: '2026-11-25' })
    expect(read(files, { store: 'mozilla' })).toMatchObject({ version: '2026-11-25' })
  })

  it.each<[string, () => string | Uint8Array, RegExp]>([
    ['a private key', () => encodePem(root.der, 'PRIVATE KEY'), /ca\.pem line 1: a private key/],
    ['a leaf', () => encodePem(makeLeaf(['a.example']).der), /is no CA/],
    ['a cut-off certificate', () => encodePem(root.der.subarray(0, 90)), /ca\.pem line 1: cert/],
    ['broken base64', () => encodePem(root.der).replace('MII', 'M*I'), /base64/],
    [
      'a lifetime that ends before it begins',
      () => encodePem(makeCa('Odd', { notBefore: NOW, notAfter: NOW - 1000 }).der),
      /ends before it begins/,
    ],
    ['neither', () => 'nothing of that kind', /neither PEM nor DER/],
    ['nothing', () => '', /empty/],
  ])('is refused with %s', (_, content, reason) => {
    const files = { 'ca.pem': content() }
    expect(() => read(files, { store: 'apple', version: '27' })).toThrow(DecodeError)
    expect(() => read(files, { store: 'apple', version: '27' })).toThrow(reason)
  })
})

describe('a folder', () => {
  it('of Android names its store', () => {
    const files = { '0a1b2c3d.0': encodePem(root.der), 'Android.bp': 'build { }', README: 'x' }
    expect(read(files, { version: '18' })).toMatchObject({
      ...{ store: 'android', version: '18' },
      roots: [{ sha256: sha256Of(root.der) }],
    })
    expect(() => read(files)).toThrow(/which version of android/)
  })

  it('of certificates holds those that are some', () => {
    const files = { 'a.pem': encodePem(root.der), 'b.crt': intermediate.der, 'README.md': '# x' }
    const imported = read(files, { store: 'apple', version: '27' })
    expect(imported.kind === 'roots' && imported.roots).toHaveLength(2)
  })
})

describe("Chrome's list", () => {
  it('takes certificates from the file beside it, and from what is known', () => {
    const [known] = anchorsOf('chrome')
    const list = chromeList(40, [sha256Of(root.der), known!.sha256])
    const files = { 'root_store.textproto': list, 'root_store.certs': bundle([root.der]) }
    expect(read(files)).toMatchObject({
      ...{ kind: 'roots', store: 'chrome', version: '40', constraints: [] },
      roots: [
        { sha256: sha256Of(root.der), der: root.der },
        { sha256: known!.sha256, der: null },
      ],
    })
    expect(() => read({ 'root_store.textproto': list })).toThrow(/1 roots .* unknown here/)
    expect(() => read(files, { store: 'apple' })).toThrow(/roots of chrome, not of apple/)
  })
})

describe('CCADB reports', () => {
  it("gives Mozilla's roots, those for websites alone", () => {
    const row = (der: Uint8Array, bits: string) => ({
      'Common Name or Certificate Name': 'A "quoted", name',
      'SHA-256 Fingerprint': sha256Of(der).toUpperCase(),
      'Trust Bits': bits,
      'PEM Info': quotedPem(der),
    })
    const mail = makeCa('Mail Root')
    const report = csv([row(root.der, 'Email;Websites'), row(mail.der, 'Email')])
    expect(read({ 'report.csv': report })).toMatchObject({
      ...{ kind: 'roots', store: 'mozilla', version: '2026-11-25' },
      roots: [{ sha256: sha256Of(root.der) }],
    })
  })

  it('gives the roots of one program out of all records', () => {
    const [known] = anchorsOf('apple')
    const row = (sha256: string, type: string, status: string, bits = 'Server Authentication') => ({
      'Certificate Record Type': type,
      'Apple Status': status,
      'Mozilla Status': 'Included',
      'SHA-256 Fingerprint': sha256.toUpperCase(),
      'Derived Trust Bits': bits,
    })
    const report = csv([
      row(known!.sha256, 'Root Certificate', 'Included'),
      row('1'.repeat(64), 'Root Certificate', 'Not Included'),
      row('2'.repeat(64), 'Intermediate Certificate', 'Included'),
      row('3'.repeat(64), 'Root Certificate', 'Included', 'Secure Email'),
    ])
    expect(read({ 'all.csv': report }, { store: 'apple', version: '27' })).toMatchObject({
      roots: [{ sha256: known!.sha256 }],
    })
    expect(() => read({ 'all.csv': report })).toThrow(/several stores/)
    expect(() => read({ 'all.csv': report }, { store: 'android' })).toThrow(/several stores/)
  })

  it.each(['PEM Info', 'PEM'])(
    'gives intermediates from the column %s, but none that is revoked',
    column => {
      const row = (der: Uint8Array, status: string) => ({
        Subject: 'x',
        'SHA-256 Fingerprint': sha256Of(der).toUpperCase(),
        'Revocation Status': status,
        [column]: quotedPem(der),
      })
      const revoked = makeCa('Revoked', { issuer: root })
      const report = csv([
        row(intermediate.der, 'Not Revoked'),
        row(revoked.der, 'Revoked'),
        row(revoked.der, 'Parent Cert Revoked'),
      ])
      const imported = read({ 'report.csv': report })
      if (imported.kind !== 'intermediates') throw new Error(imported.kind)
      expect(imported.intermediates.size).toBe(1)
      const leaf = makeLeaf(['a.example'], { issuer: intermediate })
      expect(imported.intermediates.issuersOf(parsed(leaf)).map(({ der }) => der)).toEqual([
        intermediate.der,
      ])
      expect(imported.intermediates.issuersOf(parsed(root))).toEqual([])
    },
  )

  it('leaves roots out of what it takes for intermediates, and removed roots altogether', () => {
    const row = (der: Uint8Array, type: string) => ({
      'Certificate Record Type': type,
      'Revocation Status': 'Not Revoked',
      'X.509 Certificate (PEM)': quotedPem(der),
    })
    const both = csv([
      row(root.der, 'Root Certificate'),
      row(intermediate.der, 'Intermediate Certificate'),
    ])
    const imported = read({ 'report.csv': both })
    expect(imported.kind === 'intermediates' && imported.intermediates.size).toBe(1)
    const removed = csv([{ 'Root Certificate Name': 'x', 'PEM Info': quotedPem(root.der) }])
    expect(() => read({ 'report.csv': removed })).toThrow(/neither roots of a store nor/)
  })

  it('names the line of a certificate that is not the one its hash names', () => {
    const row = { SHA256: '0'.repeat(64), PEM: quotedPem(root.der), Issuer: 'x' }
    const report = csv([row])
    expect(() => read({ 'report.csv': report })).toThrow(/csv line 2: a certificate that is not/)
    expect(() => read({ 'report.csv': csv([{ ...row, PEM: '' }]) })).toThrow(/csv line 2: no cert/)
  })
})

describe('a list of logs', () => {
  it('is known by its operators', () => {
    const json = JSON.stringify(logListJson([{ name: 'Example', logs: [logJson('one')] }]), null, 2)
    expect(read({ 'log_list.json': json })).toMatchObject({ kind: 'ct-logs', version: '62.14' })
  })
})
