import { describe, expect, it } from 'vitest'
import { concat, utf8 } from '../../src/bytes.ts'
import { readCertificates, readContainer } from '../../src/x509/container.ts'
import { explicit, integer, octetString, oid, sequence } from '../../src/x509/der-writer.ts'
import { decodePem, encodePem } from '../../src/x509/pem.ts'
import { encodeSignedData } from '../../src/x509/pkcs7.ts'
import { makeCa, makeLeaf, testKey } from '../helpers/certs.ts'

const root = makeCa('Root').der
const leaf = makeLeaf(['a.example']).der

describe('PEM', () => {
  it('goes to text and back, lines of 64', () => {
    const text = encodePem(leaf)
    expect(text.startsWith('-----BEGIN CERTIFICATE-----\n')).toBe(true)
    expect(text.endsWith('\n-----END CERTIFICATE-----\n')).toBe(true)
    expect(Math.max(...text.split('\n').map(line => line.length))).toBe(64)
    expect(decodePem(text)).toEqual([
      { label: 'CERTIFICATE', der: leaf, line: 1, encrypted: false, text },
    ])
  })

  it('takes text around and between, CRLF, and tells the lines', () => {
    const text = `Bag Attributes\n\n${encodePem(leaf)}junk\n${encodePem(root, 'X509 CERTIFICATE')}bye`
    const blocks = decodePem(text.replaceAll('\n', '\r\n'))
    expect(blocks.map(block => block.der)).toEqual([leaf, root])
    expect(blocks.map(block => block.line)).toEqual([
      3,
      text.split('\n').findIndex(line => line.includes('X509')) + 1,
    ])
  })

  it('tells an encrypted key of old', () => {
    const headers = 'Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n'
    const text = `-----BEGIN RSA PRIVATE KEY-----\n${headers}AAAA\n-----END RSA PRIVATE KEY-----`
    expect(decodePem(text)).toMatchObject([{ encrypted: true, der: new Uint8Array(3) }])
  })

  it.each([
    ['-----BEGIN CERTIFICATE-----\nAAAA\n', 'CERTIFICATE has no END line'],
    ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END PRIVATE KEY-----', 'CERTIFICATE has no END line'],
    ['-----BEGIN CERTIFICATE-----\nAA!A\n-----END CERTIFICATE-----', 'not base64'],
    ['-----BEGIN CERTIFICATE-----\nAAAAA\n-----END CERTIFICATE-----', 'cut off'],
    ['-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----', 'empty'],
    ['-----BEGIN CERTIFICATE-----\n-----BEGIN CERTIFICATE-----', 'no END line'],
  ])('says what is broken: %j', (text, reason) => {
    expect(() => decodePem(`x\n${text}`)).toThrow(
      new RegExp(`pem\\[0\\]: .*${reason}.* at byte 2$`),
    )
  })

  it('has a limit of blocks', () => {
    const block = '-----BEGIN X-----\nAAAA\n-----END X-----\n'
    expect(decodePem(block.repeat(10_000))).toHaveLength(10_000)
    expect(() => decodePem(block.repeat(10_001))).toThrow('more than 10000 blocks')
  })
})

describe('a container', () => {
  it('is one DER certificate', () => {
    expect(readContainer(leaf)).toEqual([
      { kind: 'certificate', label: 'CERTIFICATE', der: leaf, line: null, pem: null },
    ])
  })

  it('is PKCS#7, in DER and PEM', () => {
    const p7 = encodeSignedData([leaf, root])
    expect(readCertificates(p7)).toEqual([leaf, root])
    expect(readContainer(utf8(encodePem(p7, 'PKCS7')))).toMatchObject([
      { kind: 'certificate', der: leaf, line: 1 },
      { kind: 'certificate', der: root, line: 1 },
    ])
    expect(readCertificates(encodeSignedData([]))).toEqual([])
  })

  it('names keys and strangers among certificates', () => {
    const der = testKey().privateKey.export({ type: 'pkcs8', format: 'der' })
    const text = [
      encodePem(leaf),
      encodePem(der, 'PRIVATE KEY'),
      encodePem(der, 'ENCRYPTED PRIVATE KEY'),
      encodePem(der, 'CERTIFICATE REQUEST'),
      encodePem(root, 'X509 CERTIFICATE'),
    ].join('')
    const bytes = utf8(text)
    expect(readContainer(bytes).map(({ kind }) => kind)).toEqual([
      'certificate',
      'private-key',
      'encrypted-private-key',
      'other',
      'certificate',
    ])
    expect(readCertificates(bytes)).toEqual([leaf, root])
  })

  it('is a private key in DER', () => {
    const der = new Uint8Array(testKey().privateKey.export({ type: 'pkcs8', format: 'der' }))
    expect(readContainer(der)).toMatchObject([{ kind: 'private-key', der }])
  })

  it.each([
    ['nothing', new Uint8Array(0), 'empty'],
    ['text', utf8('hello'), 'neither PEM nor DER'],
    ['DER with something after it', concat([leaf, Uint8Array.of(0)]), '1 bytes too many'],
    ['DER that is cut off', leaf.subarray(0, 50), 'bytes of content expected'],
    ['PKCS#12', sequence(integer(3), sequence()), 'PKCS#12'],
    ['more than 16 MiB', new Uint8Array((16 << 20) + 1), 'more than 16 MiB'],
    ['an empty SEQUENCE', sequence(), 'missing'],
  ])('cannot be %s', (_, bytes, reason) => {
    expect(() => readContainer(bytes)).toThrow(reason)
  })

  it('has a limit of certificates', () => {
    const many = encodeSignedData(Array.from({ length: 10_001 }, () => sequence()))
    expect(() => readContainer(many)).toThrow('more than 10000 certificates')
  })

  it('of another content type is no PKCS#7', () => {
    const data = sequence(oid('1.2.840.113549.1.7.1'), explicit(0, octetString(leaf)))
    expect(readContainer(data)).toMatchObject([{ kind: 'certificate', der: data }])
  })
})
