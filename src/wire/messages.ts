/** Handshake messages: their types and their header (RFC 8446 §4). */
import { Writer } from '../bytes.ts'

export const HELLO_REQUEST = 0
export const CLIENT_HELLO = 1
export const SERVER_HELLO = 2
export const NEW_SESSION_TICKET = 4
export const ENCRYPTED_EXTENSIONS = 8
export const CERTIFICATE = 11
export const SERVER_KEY_EXCHANGE = 12
export const CERTIFICATE_REQUEST = 13
export const SERVER_HELLO_DONE = 14
export const CERTIFICATE_VERIFY = 15
export const CLIENT_KEY_EXCHANGE = 16
export const FINISHED = 20
export const CERTIFICATE_STATUS = 22
export const COMPRESSED_CERTIFICATE = 25
export const NEXT_PROTOCOL = 67
export const MESSAGE_HASH = 254

const NAMES: Readonly<Record<number, string>> = {
  [HELLO_REQUEST]: 'HelloRequest',
  [CLIENT_HELLO]: 'ClientHello',
  [SERVER_HELLO]: 'ServerHello',
  [NEW_SESSION_TICKET]: 'NewSessionTicket',
  [ENCRYPTED_EXTENSIONS]: 'EncryptedExtensions',
  [CERTIFICATE]: 'Certificate',
  [SERVER_KEY_EXCHANGE]: 'ServerKeyExchange',
  [CERTIFICATE_REQUEST]: 'CertificateRequest',
  [SERVER_HELLO_DONE]: 'ServerHelloDone',
  [CERTIFICATE_VERIFY]: 'CertificateVerify',
  [FINISHED]: 'Finished',
  [CERTIFICATE_STATUS]: 'CertificateStatus',
  [COMPRESSED_CERTIFICATE]: 'CompressedCertificate',
}

/** A handshake message as read; `raw` includes its header, for the transcript. */
export interface Message {
  readonly type: number
  readonly body: Uint8Array
  readonly raw: Uint8Array
}

export function messageName(type: number): string {
  return NAMES[type] ?? `message ${type}`
}

export function message(type: number, body: Uint8Array): Uint8Array {
  return new Writer()
    .u8(type)
    .vector(3, w => w.push(body))
    .bytes()
}
