import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { concat, fromHex, toHex } from '../../src/bytes.ts'
import {
  applicationSecrets,
  finishedData,
  handshakeSecrets,
  trafficKeys,
} from '../../src/wire/key-schedule.ts'
import { GROUPS, SCHEMES, SUITES } from '../../src/wire/names.ts'
import { aeadShape, open13 } from '../../src/wire/protection.ts'
import { suiteOf } from '../../src/wire/suite.ts'
import { drive } from './drive.ts'
import { RETRY, SIMPLE } from './rfc8448.ts'
import { retryClient, simpleClient } from './trace.ts'

describe('RFC 8448', () => {
  test('§3: the client sends the very records of the simple handshake', () => {
    const { handshake, sent } = drive(simpleClient(), SIMPLE.received)
    expect(toHex(sent).indexOf(toHex(concat(SIMPLE.sent)))).toBe(0)
    expect(handshake.kind).toBe('completed')
    expect(handshake.bytes).toBe(concat(SIMPLE.received).length)
    expect(handshake.server).toMatchObject({
      version: 0x0304,
      cipher: SUITES.TLS_AES_128_GCM_SHA256[0],
      group: GROUPS.x25519,
      signatureScheme: SCHEMES.rsa_pss_rsae_sha256,
      retryGroup: null,
      sessionTicket: true,
      clientAuth: 'not-asked',
      extensions: [51, 43, 10, 28, 0],
    })
    expect(handshake.server.chain?.map(certificate => certificate.length)).toEqual([432])
  })

  test('§5: the client sends the very records of the handshake with a HelloRetryRequest', () => {
    const { handshake, sent } = drive(retryClient(), RETRY.received)
    expect(toHex(sent).indexOf(toHex(concat(RETRY.sent)))).toBe(0)
    expect(handshake.kind).toBe('completed')
    expect(handshake.server).toMatchObject({
      group: GROUPS.secp256r1,
      retryGroup: GROUPS.secp256r1,
      sessionTicket: false,
    })
  })

  test('§3: secrets, keys and Finished of the key schedule', () => {
    const shared = fromHex('8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d')
    const [clientHello, serverHello, flight] = [
      SIMPLE.sent[0]!,
      SIMPLE.received[0]!,
      SIMPLE.received[1]!,
    ]
    const hellos = [clientHello.subarray(5), serverHello.subarray(5)]
    const secrets = handshakeSecrets('sha256', shared, digest(hellos))
    expect(toHex(secrets.handshake)).toBe(
      '1dc826e93606aa6fdc0aadc12f741b01046aa6b99f691ed221a9f0ca043fbeac',
    )
    expect(toHex(secrets.client)).toBe(
      'b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21',
    )
    expect(toHex(secrets.server)).toBe(
      'b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38',
    )
    const keys = trafficKeys('sha256', secrets.server, 16)
    expect([toHex(keys.key), toHex(keys.iv)]).toEqual([
      '3fce516009c21727d0f2e4e86ee403bc',
      '5d313eb2671276ee13000b30',
    ])
    const shape = aeadShape(suiteOf(SUITES.TLS_AES_128_GCM_SHA256[0])!)!
    const messages = open13(shape, keys)(23, flight.subarray(5)).content
    const whole = digest([...hellos, messages])
    const application = applicationSecrets('sha256', secrets.handshake, whole)
    expect(toHex(application.client)).toBe(
      '9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5',
    )
    expect(toHex(application.server)).toBe(
      'a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643',
    )
    expect(toHex(finishedData('sha256', secrets.client, whole))).toBe(
      'a8ec436d677634ae525ac1fcebe11a039ec17694fac6e98527b642f2edd5ce61',
    )
  })
})

function digest(messages: readonly Uint8Array[]): Uint8Array {
  return createHash('sha256').update(concat(messages)).digest()
}
