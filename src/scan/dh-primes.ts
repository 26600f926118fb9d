/** Well-known primes of Diffie-Hellman by SHA-256: many servers share them, so that breaking one breaks all of them. */
import { sha256Hex } from '../bytes.ts'
import { ffdheGroup } from '../wire/ffdhe.ts'
import { groupName } from '../wire/names.ts'

/** The prime's name; null for one that is the server's own, or not known here. */
export function dhPrimeName(prime: Uint8Array): string | null {
  const group = ffdheGroup(prime)
  return group === null ? (NAMES[sha256Hex(prime)] ?? null) : groupName(group)
}

/** Sources: RFC 2409 §6, RFC 3526, RFC 5114 §2; ssl_engine_dh.c of Apache 2.2; ngx_event_openssl.c of nginx before 1.11.0. */
const NAMES: Readonly<Record<string, string>> = {
  b52ba6a3026520a6c49d37e4587601801bee500123b3259b6bf03e7cecc3e63d: 'RFC 2409 group 1',
  '3f35a3f5f6c4376a744acad409bb22f8d897f949d2311d885adaa890981b67a0': 'RFC 2409 group 2',
  '64fcc83ec403930bf18393dbc883ccaa1fbb08ac876f77f7aa99748ca945019b': 'RFC 3526 group 5',
  d66436f79bbd6b2e38c0ffbd079be904d2641415e2e67140e09448be9a60890e: 'RFC 3526 group 14',
  '48cf8b092fbce4359d9871abf74f98e25b6163379eaa15cd9087e800c6d1c55c': 'RFC 3526 group 15',
  '4ee95187682bcb230ad26a95205f6920e84708f6251b3894329b09ec23919e33': 'RFC 3526 group 16',
  d1bfe6d0925ce7e4da262b62861514a7755e35831e429f343e7b864848657efd: 'RFC 3526 group 17',
  '39ab4feab950a3128fb71accb9fc3965d857012e081998a85996e3ea8b3c3bcf': 'RFC 3526 group 18',
  '44c55cfee5c075927cf682da5b681bdecbd5c3eb0784c14f5dce7610f0ef133d': 'RFC 5114 1024/160',
  bfe545862ca102ad1eeddb5fbfa5bf855ac4995c56a8b408ce3fe099dce93a9d: 'RFC 5114 2048/224',
  '0b7835722cb619827610c2549fdda5587421686c4409a13865e76225522ddcc9': 'RFC 5114 2048/256',
  db01e702899166da28c9bc7896af62bcdf0c96d0fb341950ba80e68bd51a57ef: 'Apache 2.2, 512 bits',
  bf910d9df4e0b2e76cda7443f592aa118e33ba2c224ebc27fb8978d873c8c2e3: 'Apache 2.2, 1024 bits',
  '8ae47dca3d24e9b64640062686da234dcabada26b0da6f090c5449c1338d9a11':
    'nginx before 1.11, 1024 bits',
}
