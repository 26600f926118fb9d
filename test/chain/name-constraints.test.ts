import { describe, expect, it } from 'vitest'
import { fromHex, utf8 } from '../../src/bytes.ts'
import { Budget, DEFAULT_LIMITS, LimitReached } from '../../src/chain/limits.ts'
import { constraintsFlaw, violation } from '../../src/chain/name-constraints.ts'
import { element, sequence } from '../../src/x509/der-writer.ts'
import { type NewGeneralName, nameConstraints } from '../../src/x509/extension-builders.ts'
import { encodeName, type NewName } from '../../src/x509/issue.ts'
import { EXTENSION_OID } from '../../src/x509/oids.ts'
import { makeCa, makeLeaf, parsed } from '../helpers/certs.ts'

type Subtrees = Parameters<typeof nameConstraints>[0]

function constraintsOf(subtrees: Subtrees) {
  const constraints = parsed(
    makeCa('CA', { extensions: [nameConstraints(subtrees)] }),
  ).nameConstraints
  if (!constraints) throw new Error('no constraints')
  return constraints
}

/** The reason for which a certificate with these names is refused, or null. */
function refusal(
  subtrees: Subtrees,
  names: NewGeneralName[],
  subject: NewName = {},
): string | null {
  const certificate = parsed(makeLeaf(names, { subject }))
  return violation(constraintsOf(subtrees), certificate, new Budget(DEFAULT_LIMITS))?.reason ?? null
}

const dns = (value: string): NewGeneralName => ({ type: 'dns', value })
const email = (value: string): NewGeneralName => ({ type: 'email', value })
const uri = (value: string): NewGeneralName => ({ type: 'uri', value })
const ip = (hex: string): NewGeneralName => ({ type: 'ip', value: fromHex(hex) })
function directory(attributes: NewName): NewGeneralName {
  const raw = encodeName(attributes)
  const value = parsed(makeLeaf([], { subject: raw })).subject
  return { type: 'directory', value }
}

describe('a permitted subtree', () => {
  it.each([
    [dns('example.com'), dns('example.com'), null],
    [dns('example.com'), dns('a.b.EXAMPLE.com'), null],
    [dns('EXAMPLE.com'), dns('a.example.com'), null],
    [dns(''), dns('anything.example'), null],
    [dns('example.com'), dns('*.example.com'), null],
    [dns('example.com'), dns('*.a.example.com'), null],
    [dns('.example.com'), dns('a.example.com'), null],
    [dns('.example.com'), dns('*.example.com'), null],
    [dns('.example.com'), dns('example.com'), 'name-not-permitted'],
    [dns('example.com'), dns('notexample.com'), 'name-not-permitted'],
    [dns('example.com'), dns('com'), 'name-not-permitted'],
    [dns('a.example.com'), dns('*.example.com'), 'name-not-permitted'],
    [dns('example.com'), dns('.example.com'), 'name-unreadable'],
    [dns('example.com'), dns('a..example.com'), 'name-unreadable'],
    [dns('example.com'), dns('a.*.example.com'), 'name-unreadable'],
    [ip('c0000200ffffff00'), ip('c0000201'), null],
    [ip('c00002ffffffff00'), ip('c0000201'), null],
    [ip('c0000200ffffff00'), ip('c0000301'), 'name-not-permitted'],
    [ip('c0000200ffffff00'), ip('20010db8000000000000000000000001'), 'name-not-permitted'],
    [ip('c0000200ffffff00'), ip('c0000200ffffff00'), 'name-unreadable'],
    [email('a@example.com'), email('a@EXAMPLE.com'), null],
    [email('a@example.com'), email('A@example.com'), 'name-not-permitted'],
    [email('*@example.com'), email('*@example.com'), null],
    [email('*@example.com'), email('a@example.com'), 'name-not-permitted'],
    [email('example.com'), email('a@example.com'), null],
    [email('example.com'), email('a@b.example.com'), 'name-not-permitted'],
    [email('.example.com'), email('a@b.example.com'), null],
    [email('.example.com'), email('a@example.com'), 'name-not-permitted'],
    [email('example.com'), email('a@b@example.com'), 'name-unreadable'],
    [uri('example.com'), uri('https://example.com:8080/x'), null],
    [uri('example.com'), uri('https://user@example.com'), null],
    [uri('example.com'), uri('https://a.example.com/'), 'name-not-permitted'],
    [uri('.example.com'), uri('https://a.example.com/'), null],
    [uri('example.com'), uri('https://192.0.2.1/'), 'name-unreadable'],
    [uri('example.com'), uri('https://[::1]/'), 'name-unreadable'],
    [uri('example.com'), uri('urn:example.com'), 'name-unreadable'],
    [directory({ C: 'CN' }), directory({ C: 'CN', O: 'x' }), null],
    [directory({ C: 'cn' }), directory({ C: 'CN' }), null],
    [directory({ C: 'CN', O: 'x' }), directory({ C: 'CN' }), 'name-not-permitted'],
    [directory({ O: 'x' }), directory({ C: 'CN', O: 'x' }), 'name-not-permitted'],
    [directory({}), directory({ C: 'CN' }), null],
  ])('%j, name %j: %s', (base, name, reason) => {
    expect(refusal({ permitted: [base] }, [name])).toBe(reason)
  })

  it('leaves names of other kinds alone', () => {
    expect(refusal({ permitted: [dns('example.com')] }, [ip('c0000201')])).toBeNull()
    expect(refusal({ permitted: [ip('c0000200ffffff00')] }, [dns('a.example')])).toBeNull()
  })

  it('is one of several of its kind', () => {
    const permitted = [dns('a.example'), dns('b.example')]
    expect(refusal({ permitted }, [dns('x.b.example'), dns('a.example')])).toBeNull()
    expect(refusal({ permitted }, [dns('a.example'), dns('c.example')])).toBe('name-not-permitted')
  })
})

describe('an excluded subtree', () => {
  it.each([
    [dns('example.com'), dns('example.com'), 'name-excluded'],
    [dns('example.com'), dns('a.example.com'), 'name-excluded'],
    [dns('example.com'), dns('example.org'), null],
    [dns(''), dns('any.example'), 'name-excluded'],
    [dns('a.example.com'), dns('*.example.com'), 'name-excluded'],
    [dns('example.com'), dns('*.a.example.com'), 'name-excluded'],
    [dns('a.b.example.com'), dns('*.example.com'), null],
    [dns('.a.example.com'), dns('*.example.com'), null],
    [dns('.example.com'), dns('*.example.com'), 'name-excluded'],
    [ip('c0000200ffffff00'), ip('c00002ff'), 'name-excluded'],
    [ip('0000000000000000'), ip('c00002ff'), 'name-excluded'],
    [email('example.com'), email('a@example.com'), 'name-excluded'],
    [directory({ C: 'CN' }), directory({ C: 'CN', O: 'x' }), 'name-excluded'],
  ])('%j, name %j: %s', (base, name, reason) => {
    expect(refusal({ excluded: [base] }, [name])).toBe(reason)
  })

  it('wins over a permitted one', () => {
    const subtrees = { permitted: [dns('example.com')], excluded: [dns('a.example.com')] }
    expect(refusal(subtrees, [dns('b.example.com')])).toBeNull()
    expect(refusal(subtrees, [dns('a.example.com')])).toBe('name-excluded')
  })
})

describe('constraints hold for', () => {
  it('the subject as much as for directory names', () => {
    const permitted = [directory({ C: 'CN' })]
    expect(refusal({ permitted }, [dns('a.example')], { C: 'US' })).toBe('name-not-permitted')
    expect(refusal({ permitted }, [dns('a.example')], { C: 'CN', CN: 'x' })).toBeNull()
    expect(refusal({ permitted }, [dns('a.example')], {})).toBeNull()
  })

  it('never the commonName as a DNS name', () => {
    expect(refusal({ permitted: [dns('example.com')] }, [], 'other.example')).toBeNull()
  })

  it('mailboxes in the subject where there is no alternative name at all', () => {
    const subject = { emailAddress: 'a@example.org' }
    const bare = parsed(makeLeaf([], { subject, without: ['subjectAltName'] }))
    const budget = new Budget(DEFAULT_LIMITS)
    expect(
      violation(constraintsOf({ permitted: [email('example.com')] }), bare, budget)?.reason,
    ).toBe('name-not-permitted')
    expect(refusal({ permitted: [email('example.com')] }, [dns('a.example')], subject)).toBeNull()
  })

  it('forms that nobody can compare: they are refused where such a name appears', () => {
    const other = { type: 'other', oid: '1.2.3', value: element(5) } as const
    expect(refusal({ excluded: [other] }, [dns('a.example'), other])).toBe('constraint-unsupported')
    expect(refusal({ permitted: [other] }, [other])).toBe('constraint-unsupported')
    expect(refusal({ permitted: [other] }, [dns('a.example')])).toBeNull()
    const registered = { type: 'registeredId', value: '1.2.3' } as const
    expect(refusal({ permitted: [registered] }, [registered])).toBe('constraint-unsupported')
  })
})

describe('malformed constraints', () => {
  const flawOf = (subtrees: Subtrees, strict = true) =>
    constraintsFlaw(constraintsOf(subtrees), strict)?.reason ?? null

  it.each([
    [dns('*.example.com')],
    [dns('example.com.')],
    [dns('exam ple.com')],
    [ip('c0000201')],
    [ip('c0000200ff00ff00')],
    [ip('c0000200ffffff')],
    [email('a@b@example.com')],
    [email('@example.com')],
    [uri('https://example.com')],
  ])('%j', base => {
    expect(flawOf({ permitted: [base] })).toBe('constraint-malformed')
    expect(flawOf({ excluded: [base] }, false)).toBe('constraint-malformed')
  })

  it('a leading dot is none for clients, and one for the standard', () => {
    expect(flawOf({ permitted: [dns('.example.com')] }, true)).toBe('constraint-malformed')
    expect(flawOf({ permitted: [dns('.example.com')] }, false)).toBeNull()
  })

  it('nothing at all, or an empty list', () => {
    expect(flawOf({})).toBe('constraint-malformed')
    const value = sequence(element(0xa0), element(0xa1))
    const empty = { oid: EXTENSION_OID.nameConstraints, critical: true, value }
    const { nameConstraints: constraints } = parsed(makeCa('CA', { extensions: [empty] }))
    expect(constraints && constraintsFlaw(constraints, false)?.reason).toBe('constraint-malformed')
  })

  it('and well-formed ones', () => {
    const permitted = [
      dns('a.example'),
      ip('0'.repeat(16)),
      email('.a.example'),
      uri(''),
      directory({}),
    ]
    expect(flawOf({ permitted })).toBeNull()
  })
})

it('comparisons are counted and limited', () => {
  const names = Array.from({ length: 20 }, (_, index) => dns(`n${index}.example`))
  const excluded = Array.from({ length: 10 }, (_, index) => dns(`c${index}.example`))
  const certificate = parsed(makeLeaf(names, { subject: {} }))
  const constraints = constraintsOf({ excluded })
  const budget = new Budget({ ...DEFAULT_LIMITS, ncComparisons: 200 })
  expect(violation(constraints, certificate, budget)).toBeNull()
  expect(budget.stats.ncComparisons).toBe(200)
  expect(() => violation(constraints, certificate, budget)).toThrow(LimitReached)
})

it('a name in a certificate that is no text is still compared', () => {
  const bytes = utf8('é.example.com')
  const value = sequence(element(0x82, bytes))
  const odd = { oid: EXTENSION_OID.subjectAltName, critical: true, value }
  const certificate = parsed(makeLeaf([], { subject: {}, extensions: [odd] }))
  const found = violation(
    constraintsOf({ permitted: [dns('example.com')] }),
    certificate,
    new Budget(DEFAULT_LIMITS),
  )
  expect(found?.reason).toBe('name-unreadable')
})
