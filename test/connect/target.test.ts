import { describe, expect, it } from 'vitest'
import { formatAuthority, normalizeHost, parseTarget } from '../../src/connect/target.ts'
import { UsageError } from '../../src/errors.ts'

describe('parseTarget', () => {
  it.each([
    ['api.example.com', 'api.example.com', 443, 'tls', null],
    ['API.Example.COM.', 'api.example.com', 443, 'tls', null],
    ['api.example.com:8443', 'api.example.com', 8443, 'tls', null],
    ['  api.example.com  ', 'api.example.com', 443, 'tls', null],
    ['203.0.113.7', '203.0.113.7', 443, 'tls', null],
    ['203.0.113.7:444', '203.0.113.7', 444, 'tls', null],
    ['2001:db8::1', '2001:db8::1', 443, 'tls', null],
    ['[2001:DB8::1]', '2001:db8::1', 443, 'tls', null],
    ['[2001:db8::1]:8443', '2001:db8::1', 8443, 'tls', null],
    ['https://api.example.com', 'api.example.com', 443, 'https', '/'],
    ['HTTPS://api.example.com:8443/v1?x=1', 'api.example.com', 8443, 'https', '/v1?x=1'],
    ['wss://api.example.com/chat', 'api.example.com', 443, 'wss', '/chat'],
    ['https://[2001:db8::1]:9/', '2001:db8::1', 9, 'https', '/'],
    ['例子.中国', 'xn--fsqu00a.xn--fiqs8s', 443, 'tls', null],
    ['https://bücher.example/', 'xn--bcher-kva.example', 443, 'https', '/'],
    ['my_service.internal:443', 'my_service.internal', 443, 'tls', null],
    ['localhost:1', 'localhost', 1, 'tls', null],
  ])('%j', (input, host, port, scheme, path) => {
    expect(parseTarget(input)).toEqual({ input, host, port, scheme, path })
  })

  it.each([
    ['', 'empty target'],
    ['   ', 'empty target'],
    ['http://api.example.com', 'needs https://'],
    ['ws://api.example.com', 'needs wss://'],
    ['ftp://api.example.com', 'not one of'],
    ['api.example.com:0', 'not a port'],
    ['api.example.com:65536', 'not a port'],
    ['api.example.com:https', 'not a port'],
    ['api.example.com:443:1', 'not a port'],
    ['[2001:db8::1', 'not a'],
    ['[203.0.113.7]', 'not an IPv6'],
    ['[]:443', 'not'],
    ['-example.com', 'not a host name'],
    ['exa mple.com', 'not a host name'],
    [`${'a'.repeat(64)}.example`, 'not a host name'],
    [`${'a.'.repeat(130)}example`, 'not a host name'],
    ['api..example.com', 'not a host name'],
    ['https://', 'not a URL'],
    ['*.example.com', 'not a host name'],
    ['user@example.com', 'not a host name'],
  ])('%j is refused', (input, words) => {
    expect(() => parseTarget(input)).toThrow(UsageError)
    expect(() => parseTarget(input)).toThrow(words)
  })
})

it('writes IPv6 in brackets', () => {
  expect(formatAuthority('2001:db8::1', 443)).toBe('[2001:db8::1]:443')
  expect(formatAuthority('api.example.com', 443)).toBe('api.example.com:443')
})

it('keeps IP literals as they are', () => {
  expect(normalizeHost('[2001:DB8::1]')).toBe('2001:db8::1')
  expect(normalizeHost('203.0.113.7')).toBe('203.0.113.7')
})
