/** Cipher kinds of SSL 2.0. Sources: Hickman's draft of 1995, appendix C.4; OpenSSL names after ssl2.h of OpenSSL 0.9.8. */
export const SSL2_CIPHERS = {
  SSL_CK_RC4_128_WITH_MD5: { code: 0x010080, opensslName: 'RC4-MD5', bits: 128 },
  SSL_CK_RC4_128_EXPORT40_WITH_MD5: { code: 0x020080, opensslName: 'EXP-RC4-MD5', bits: 40 },
  SSL_CK_RC2_128_CBC_WITH_MD5: { code: 0x030080, opensslName: 'RC2-CBC-MD5', bits: 128 },
  SSL_CK_RC2_128_CBC_EXPORT40_WITH_MD5: {
    code: 0x040080,
    opensslName: 'EXP-RC2-CBC-MD5',
    bits: 40,
  },
  SSL_CK_IDEA_128_CBC_WITH_MD5: { code: 0x050080, opensslName: 'IDEA-CBC-MD5', bits: 128 },
  SSL_CK_DES_64_CBC_WITH_MD5: { code: 0x060040, opensslName: 'DES-CBC-MD5', bits: 56 },
  SSL_CK_DES_64_CBC_WITH_SHA: { code: 0x060140, opensslName: 'DES-CBC-SHA', bits: 56 },
  SSL_CK_DES_192_EDE3_CBC_WITH_MD5: { code: 0x0700c0, opensslName: 'DES-CBC3-MD5', bits: 168 },
  SSL_CK_DES_192_EDE3_CBC_WITH_SHA: { code: 0x0701c0, opensslName: 'DES-CBC3-SHA', bits: 168 },
  SSL_CK_RC4_64_WITH_MD5: { code: 0x080080, opensslName: 'RC4-64-MD5', bits: 64 },
  SSL_CK_NULL_WITH_MD5: { code: 0x000000, opensslName: 'NULL-MD5', bits: 0 },
} as const satisfies Readonly<
  Record<string, { readonly code: number; readonly opensslName: string; readonly bits: number }>
>
