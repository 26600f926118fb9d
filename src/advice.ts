/** Fixes that several rules share: what to paste into nginx, Apache and Caddy. */
import type { Fix } from './rule.ts'
import type { Text } from './text.ts'

/** Serve the leaf and its intermediates from one file. */
export function serveFullChain(text: Text): Fix {
  return {
    text,
    snippets: {
      nginx:
        'ssl_certificate     /etc/ssl/fullchain.pem;  # leaf first, then each intermediate\nssl_certificate_key /etc/ssl/privkey.pem;',
      apache:
        'SSLCertificateFile    /etc/ssl/fullchain.pem  # 2.4.8 or newer\nSSLCertificateKeyFile /etc/ssl/privkey.pem',
      caddy: 'tls /etc/ssl/fullchain.pem /etc/ssl/privkey.pem',
    },
  }
}

/** Speak TLS 1.2 and TLS 1.3 with suites that every client here knows. */
export function speakModernTls(text: Text): Fix {
  return {
    text,
    snippets: {
      nginx:
        'ssl_protocols TLSv1.2 TLSv1.3;\nssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;\nssl_ecdh_curve X25519:prime256v1:secp384r1;',
      apache:
        'SSLProtocol -all +TLSv1.2 +TLSv1.3\nSSLCipherSuite ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305\nSSLOpenSSLConfCmd Groups X25519:prime256v1:secp384r1',
      caddy: 'tls {\n\tprotocols tls1.2 tls1.3\n\tcurves x25519 secp256r1 secp384r1\n}',
    },
  }
}

/** Ask the CA for another certificate. */
export function reissue(text: Text): Fix {
  return { text }
}
