import { describe, expect, it } from 'vitest'
import { readChain } from '../../src/facts/sent-chain.ts'
import { issueCa, issueLeaf } from '../../src/x509/issue.ts'
import { generateKey } from '../../src/x509/signing-key.ts'

const dates = { notBefore: Date.UTC(2020, 0), notAfter: Date.UTC(2060, 0) }
const key = () => generateKey('ec-p256')
const root = issueCa({ subject: 'Root', key: key(), ...dates })
const upper = issueCa({ subject: 'Upper', key: key(), issuer: root, ...dates })
const lower = issueCa({ subject: 'Lower', key: key(), issuer: upper, ...dates })
const leaf = issueLeaf({ names: ['a.example'], key: key(), issuer: lower, ...dates })
const stranger = issueCa({ subject: 'Stranger', key: key(), issuer: root, ...dates })
const namesake = issueCa({ subject: 'Lower', key: key(), issuer: upper, ...dates })

const roles = (...sent: { der: Uint8Array }[]) =>
  readChain(
    'chain-1',
    sent.map(({ der }) => der),
  ).entries.map(({ role }) => role)
const order = (...sent: { der: Uint8Array }[]) =>
  readChain(
    'chain-1',
    sent.map(({ der }) => der),
  ).entries.map(({ inOrder }) => inOrder)

describe('what each certificate is there for', () => {
  it('names leaf, issuers and root', () => {
    expect(roles(leaf, lower, upper, root)).toEqual(['leaf', 'issuer', 'issuer', 'root'])
  })

  it('names what comes twice', () => {
    expect(roles(leaf, lower, lower, leaf)).toEqual(['leaf', 'issuer', 'duplicate', 'duplicate'])
  })

  it('names what has nothing to do with the leaf', () => {
    expect(roles(leaf, lower, stranger)).toEqual(['leaf', 'issuer', 'unrelated'])
  })

  it('is not misled by a namesake with another key', () => {
    expect(roles(leaf, namesake, lower)).toEqual(['leaf', 'unrelated', 'issuer'])
  })

  it('finds issuers in any order', () => {
    expect(roles(leaf, root, upper, lower)).toEqual(['leaf', 'root', 'issuer', 'issuer'])
  })

  it('keeps what is no certificate, with the reason', () => {
    const { entries } = readChain('chain-1', [leaf.der, new Uint8Array([0x30, 0x03, 1, 2])])
    expect(entries[1]).toMatchObject({ certificate: null, role: 'unrelated' })
    expect(entries[1]?.fault?.message).toContain('at byte')
  })
})

it('tells whether each stands after one it certifies', () => {
  expect(order(leaf, lower, upper, root)).toEqual([true, true, true, true])
  expect(order(leaf, upper, lower)).toEqual([true, false, true])
  expect(order(leaf, root, lower, upper)).toEqual([true, false, true, true])
})
