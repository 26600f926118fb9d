/** Reads limbo.jsonl and limbo.br beside it: what test/tools/limbo.mjs made of a part of C2SP x509-limbo (Apache-2.0). */
import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import type { VerifyInput } from '../../src/chain/verify-chain.ts'

export interface LimboCase {
  readonly id: string
  /** Whether the chain is to be accepted. */
  readonly ok: boolean
  /** Everything but what the caller chooses: profile and commonName. */
  readonly input: VerifyInput
}

interface Header {
  readonly date: string
  /** Bytes of each part, in the order in which they stand. */
  readonly sizes: readonly number[]
}

/** Certificates and CRLs by their numbers. */
interface Line extends Omit<VerifyInput, Numbered | 'name' | 'time'> {
  readonly id: string
  readonly ok: boolean
  readonly time?: string
  readonly name?: VerifyInput['name']
  readonly leaf: number
  readonly intermediates: readonly number[]
  readonly anchors: readonly number[]
  readonly crls?: readonly number[]
}

type Numbered = 'leaf' | 'intermediates' | 'anchors' | 'crls'

export function readLimbo(): readonly LimboCase[] {
  const [first = '', ...lines] = read('limbo.jsonl').toString('utf8').trimEnd().split('\n')
  const { date, sizes } = JSON.parse(first) as Header
  const bytes = brotliDecompressSync(read('limbo.br'))
  let offset = 0
  const parts = sizes.map(size => {
    offset += size
    return bytes.subarray(offset - size, offset)
  })
  const part = (number: number) => parts[number] ?? new Uint8Array()
  return lines.map(line => {
    const { id, ok, time = date, name = null, crls = [], ...rest } = JSON.parse(line) as Line
    const input: VerifyInput = {
      ...rest,
      name,
      time: Date.parse(time),
      leaf: part(rest.leaf),
      intermediates: rest.intermediates.map(part),
      anchors: rest.anchors.map(part),
      crls: crls.map(part),
      revocation: crls.length > 0 ? 'crl-all' : 'none',
    }
    return { id, ok, input }
  })
}

function read(name: string): Buffer {
  return readFileSync(new URL(name, import.meta.url))
}
