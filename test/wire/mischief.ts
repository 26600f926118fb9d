/** What a server of TLS 1.3 may be told to say instead of the honest message. */
import { concat, Writer } from '../../src/bytes.ts'
import {
  COMPRESSED_CERTIFICATE,
  ENCRYPTED_EXTENSIONS,
  message,
  SERVER_HELLO,
} from '../../src/wire/messages.ts'
import { EXTENSIONS } from '../../src/wire/names.ts'
import { extension, extensions, type Mischief } from './fake-server.ts'

/** Suite and compression stand behind header, version, random and a session id of 32 bytes. */
export function cipher(code: number): Mischief {
  return {
    serverHello: honest => {
      const changed = honest.slice()
      changed.set([code >> 8, code & 0xff], 71)
      return changed
    },
  }
}

export function hello(blocks: readonly Uint8Array[]): Mischief {
  return {
    serverHello: honest =>
      message(SERVER_HELLO, concat([honest.subarray(4, 74), extensions(...blocks)])),
  }
}

export function share(group: number, length: number): Uint8Array {
  const entry = new Writer().u16(group).vector(2, w => w.push(new Uint8Array(length)))
  return extension(EXTENSIONS.key_share, entry.bytes())
}

export function encrypted(...blocks: readonly Uint8Array[]): Mischief {
  return { encryptedExtensions: () => message(ENCRYPTED_EXTENSIONS, extensions(...blocks)) }
}

export function packed(algorithm: number, bytes: Uint8Array, length = bytes.length): Mischief {
  const body = new Writer()
    .u16(algorithm)
    .u24(length)
    .vector(3, w => w.push(bytes))
  return { certificate: () => message(COMPRESSED_CERTIFICATE, body.bytes()) }
}
