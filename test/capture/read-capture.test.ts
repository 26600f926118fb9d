import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat, toHex } from '../../src/bytes.ts'
import { readCapture } from '../../src/capture/read-capture.ts'
import { DecodeError, MpcertError } from '../../src/errors.ts'
import { hellos } from '../../src/hellos/index.ts'
import { parseClientHello } from '../../src/wire/parse-client-hello.ts'
import { encodeClientHello } from '../../src/wire/tls.ts'
import { AN_END_MS } from '../helpers/patience.ts'
import { flipped } from '../wire/drive.ts'
import { ipv4, ipv6, LINKS, pcap, pcapng, tcp, udp, vlan } from './packets.ts'

const record = encodeClientHello(hellos['chromium-156'].spec, 'a.example')
const hello = parseClientHello(record)
const other = encodeClientHello(hellos['openssl-1.1.1d'].spec, 'b.example')
const frame = (bytes: Uint8Array, sequence = 1000, port = 50_000) =>
  vlan(ipv4(tcp(bytes, { sequence, port })))
/** The hello in three segments. */
const cuts = [0, 700, 1400, record.length]
const thirds = cuts.slice(1).map((end, index) => record.subarray(cuts[index], end))
const frames = thirds.map((part, index) => frame(part, 1000 + (cuts[index] ?? 0)))
const server = frame(new Uint8Array(300).fill(0x17), 5000, 443)

describe('raw bytes', () => {
  it.each([
    ['a record', record],
    ['a bare handshake message', record.subarray(5)],
    ['a record and what follows', concat([record, other])],
    ['an Ethernet frame', frame(record)],
    ['an IP packet', ipv6(tcp(record))],
  ])('%s', (_, bytes) => {
    expect(readCapture(bytes).random).toEqual(hello.random)
  })
})

describe('hex dumps', () => {
  const hex = toHex(record)
  const lines = (width: number, form: (offset: number, row: Uint8Array) => string) =>
    Array.from({ length: Math.ceil(record.length / width) }, (_, row) =>
      form(row * width, record.subarray(row * width, (row + 1) * width)),
    ).join('\n')
  const offset = (at: number, digits = 8) => at.toString(16).padStart(digits, '0')
  const ascii = (row: Uint8Array) =>
    Buffer.from(row)
      .toString('latin1')
      .replaceAll(/[^ -~]/g, '.')
  const pairs = (row: Uint8Array) => Array.from(row, byte => toHex(Uint8Array.of(byte)))
  const halves = (row: Uint8Array, between: string) =>
    [pairs(row.subarray(0, 8)).join(' '), pairs(row.subarray(8)).join(' ')].join(between)

  it.each([
    ['a stream of digits', hex],
    ['digits in upper case, in lines', hex.toUpperCase().replaceAll(/.{64}/g, '$&\r\n')],
    ['pairs with colons', hex.replaceAll(/(..)(?=.)/g, '$1:')],
    ['an array in C', `{ ${hex.replaceAll(/(..)/g, '0x$1, ')} };`],
    ['a string in C', `"${hex.replaceAll(/(..)/g, '\\x$1')}"`],
    [
      'hexdump -C',
      `${lines(16, (at, row) => `${offset(at)}  ${halves(row, '  ').padEnd(48)}  |${ascii(row)}|`)}\n${offset(record.length)}\n`,
    ],
    [
      'Wireshark',
      lines(
        16,
        (at, row) => `${offset(at, 4)}   ${pairs(row).join(' ').padEnd(48)}  ${ascii(row)}`,
      ),
    ],
    [
      'Wireshark, without ASCII',
      lines(16, (at, row) => `${offset(at, 4)}   ${pairs(row).join(' ')}`),
    ],
    [
      'openssl s_client -debug',
      `CONNECTED(00000003)\nwrite to 0x5581 [0x5582] (${record.length} bytes)\n${lines(16, (at, row) => `${offset(at, 4)} - ${halves(row, '-').padEnd(48)}  ${ascii(row)}`)}\nread from 0x5581 [0x5583]\n0000 - 15 03 03 00 02\n`,
    ],
    [
      'openssl s_client -msg',
      `>>> TLS 1.0, RecordHeader [length 0005]\n    16 03 01\n>>> TLS 1.3, Handshake [length 0132], ClientHello\n${hex
        .slice(10)
        .replaceAll(/(.{1,32})/g, '    $1\n')
        .replaceAll(
          /([0-9a-f]{2})(?=[0-9a-f])/g,
          '$1 ',
        )}\n<<< TLS 1.2, RecordHeader [length 0005]\n    15 03 03 00 02\n`,
    ],
    [
      'tcpdump -X',
      [
        '21:17:36.1 IP 127.0.0.1.50000 > 127.0.0.2.443: Flags [P.]',
        packetDump(ipv4(tcp(thirds[0]!))),
        '21:17:36.2 IP ...',
        packetDump(ipv4(tcp(record.subarray(700), { sequence: 1700 }))),
      ].join('\n'),
    ],
  ])('%s', (_, text) => {
    expect(readCapture(Buffer.from(text)).random).toEqual(hello.random)
  })

  function packetDump(packet: Uint8Array): string {
    const words = toHex(packet).match(/.{1,32}/g) ?? []
    return words
      .map(
        (row, index) =>
          `\t0x${offset(index * 16, 4)}:  ${row.replaceAll(/(.{4})(?=.)/g, '$1 ').padEnd(39)}  ..E.`,
      )
      .join('\n')
  }

  it('redirected by PowerShell', () => {
    expect(readCapture(Buffer.from(`\ufeff${hex}\r\n`, 'utf16le'))).toEqual(hello)
  })

  it.runIf(existsSync('/usr/bin/xxd'))('as xxd prints it, in any width', () => {
    for (const flags of [[], ['-p'], ['-i'], ['-u'], ['-c', '8'], ['-c', '32'], ['-g', '1']]) {
      const text = execFileSync('xxd', flags, { input: record })
      const read = () => readCapture(Buffer.from(String(text).replace(/unsigned.*/, '')))
      expect(read().random, flags.join(' ')).toEqual(hello.random)
    }
  })

  it('with rows left out that equal the one before', () => {
    const padded = concat([Uint8Array.of(1, 0, 0x42, 0x2b, 3, 3), new Uint8Array(16_904)])
    padded.set([1, 0x13, 1, 1, 0], 41)
    const rows = [`0000  ${pairs(padded.subarray(0, 16)).join(' ')}`, `0010  ${'00 '.repeat(16)}`]
    expect(() => readCapture(Buffer.from([...rows, '*', '4200'].join('\n')))).toThrow('cut short')
  })

  it.each([
    ['words', 'what is this'],
    ['half a byte', '16030'],
    ['offsets that go back', '0000  16 03 01 02 00 01 00 01\n0010  00\n0008  00'],
  ])('%s are none', (_, text) => {
    expect(() => readCapture(Buffer.from(text))).toThrow(DecodeError)
  })
})

describe('packets', () => {
  it.each(Object.keys(LINKS).map(Number))('of link type %i, IPv4 and IPv6', linkType => {
    const wrap = LINKS[linkType]!
    for (const ip of [ipv4(tcp(record)), ipv6(tcp(record))])
      expect(readCapture(pcap([wrap(ip)], { linkType }))).toEqual(hello)
  })

  it.each([
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ])('in pcap, little endian %s, nanoseconds %s', (little, nanoseconds) => {
    expect(readCapture(pcap([server, ...frames], { little, nanoseconds }))).toEqual(hello)
  })

  it.each([true, false])('in pcapng, little endian %s, of several interfaces', little => {
    const raw = { kind: 'packet', from: 0, bytes: ipv4(tcp(other, { port: 50_001 })) } as const
    const packets = frames.map(bytes => ({ kind: 'packet', from: 1, bytes }) as const)
    const blocks = [
      { kind: 'interface', linkType: 101 } as const,
      { kind: 'other' } as const,
      { kind: 'interface', linkType: 1 } as const,
    ]
    expect(readCapture(pcapng([...blocks, ...packets, raw], little))).toEqual(hello)
    // A second section counts its interfaces anew.
    const second = pcapng(
      [{ kind: 'interface', linkType: 1 }, ...packets.map(packet => ({ ...packet, from: 0 }))],
      !little,
    )
    expect(readCapture(concat([pcapng(blocks, little), second]))).toEqual(hello)
  })

  it('in simple packet blocks, padded', () => {
    const first = { kind: 'interface', linkType: 1, snapLength: 4000 } as const
    const packets = frames.map(bytes => ({ kind: 'simple', bytes }) as const)
    expect(readCapture(pcapng([first, ...packets]))).toEqual(hello)
  })

  it('in any order, twice, overlapping, across the end of the sequence numbers', () => {
    const at = (from: number, to: number, start = 1000) =>
      frame(record.subarray(from, to), start + from)
    const end = record.length
    for (const packets of [
      [at(1400, end), at(700, 1400), at(0, 700)],
      [at(700, 1400), at(0, 700), at(0, 700), at(1400, end)],
      [at(0, 900), at(500, 1500), at(100, end)],
      [at(0, 1), at(1, 5), at(5, 6), at(6, end)],
      [at(0, 700, -300), at(700, end, -300)],
      [frame(Buffer.from('CONNECT a.example:443 HTTP/1.1\r\n\r\n'), 900), at(0, end)],
    ])
      expect(readCapture(pcap(packets))).toEqual(hello)
  })

  it('of several connections give the hello that is whole first', () => {
    const second = frame(other, 9000, 50_001)
    expect(readCapture(pcap([frames[0]!, second, frames[1]!, frames[2]!])).serverName).toBe(
      'b.example',
    )
    expect(readCapture(pcap([...frames, second])).serverName).toBe('a.example')
  })

  it('of Fast Open bring the hello with SYN', () => {
    const syn = vlan(ipv4(tcp(record.subarray(0, 900), { flags: 0x02, sequence: 999 })))
    expect(readCapture(pcap([syn, frame(record.subarray(900), 1900)]))).toEqual(hello)
  })

  it('may end in the midst of one', () => {
    const file = pcap([...frames, server])
    expect(readCapture(file.subarray(0, file.length - 9))).toEqual(hello)
  })

  it.each([
    ['fragments', pcap([vlan(ipv4(tcp(record), 6, 0x2000))]), 'no whole ClientHello'],
    ['a hole', pcap([frames[0]!, frames[2]!]), 'no whole ClientHello'],
    ['packets cut short', pcap(frames, { snapLength: 96 }), 'cut short'],
    ['QUIC', pcap([vlan(ipv4(udp(quic()), 17))]), 'QUIC, not TLS over TCP'],
    ['other datagrams', pcap([vlan(ipv4(udp(new Uint8Array(40)), 17))]), 'no whole ClientHello'],
    ['a radio link', pcap([frames[0]!], { linkType: 105 }), 'link type'],
    ['no packet', pcap([]), 'no whole ClientHello'],
    ['nothing', new Uint8Array(), 'empty'],
    ['too much', new Uint8Array((16 << 20) + 1), 'over 16 MiB'],
    ['a ServerHello', pcap([server]), 'no whole ClientHello'],
    ['a QUIC datagram', quic(), 'QUIC, not TLS over TCP'],
  ])('%s are said to hold none', (_, file, reason) => {
    expect(() => readCapture(file)).toThrow(reason)
  })

  function quic(): Uint8Array {
    return concat([Uint8Array.of(0xc3, 0, 0, 0, 1), new Uint8Array(1195)])
  }
})

describe('a file of a stranger', () => {
  const files = [
    pcap(frames),
    pcapng([
      { kind: 'interface', linkType: 1 },
      { kind: 'packet', bytes: frame(other) },
    ]),
  ]

  it('is a value or an error after every prefix and every flip of a bit in the first packet', () => {
    for (const file of files) {
      for (let length = 0; length < file.length; length += 3) survives(file.subarray(0, length))
      for (let bit = 0; bit < 8 * 200; bit++) survives(flipped(file, bit))
    }
  })

  it('is a value or an error whatever it holds', () => {
    const magic = fc.constantFrom(
      'd4c3b2a1',
      'a1b23c4d',
      '0a0d0d0a1c0000004d3c2b1a',
      '303030303a20',
      '',
    )
    fc.assert(
      fc.property(magic, fc.uint8Array({ maxLength: 300 }), (start, rest) => {
        survives(concat([Buffer.from(start, 'hex'), rest]))
      }),
    )
  })

  it('of crumbs ends within its budget', () => {
    const crumbs = Array.from({ length: 200_000 }, (_, index) =>
      ipv4(tcp(Uint8Array.of(index === 0 ? 22 : index < 3 ? 3 : 1), { sequence: index })),
    )
    const file = pcap(crumbs, { linkType: 101 }).subarray(0, 16 << 20)
    const startedAt = performance.now()
    survives(file)
    expect(performance.now() - startedAt).toBeLessThan(AN_END_MS)
  })

  function survives(file: Uint8Array): void {
    try {
      readCapture(file)
    } catch (error) {
      expect(error).toBeInstanceOf(MpcertError)
    }
  }
})
