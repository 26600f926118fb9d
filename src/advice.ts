/** Fixes that several rules share: what to paste into servers, and where to look in the consoles of clouds. */
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
      iis: 'certutil -addstore CA intermediate.cer\ncertutil -importPFX fullchain.pfx  # then bind it again, and restart',
      tomcat:
        '<Certificate certificateFile="conf/leaf.pem" certificateKeyFile="conf/privkey.pem"\n             certificateChainFile="conf/intermediates.pem" />',
    },
    consoles: UPLOAD_CHAIN,
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
      iis: 'Enable-TlsCipherSuite -Name TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\nEnable-TlsCipherSuite -Name TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256\n# HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Server: Enabled = 1',
      tomcat:
        '<SSLHostConfig protocols="TLSv1.2+TLSv1.3"\n               ciphers="ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384">',
    },
    consoles: {
      'tencent-clb': {
        en: 'Custom configuration of the instance: ssl_protocols TLSv1.2 TLSv1.3;',
        'zh-CN': '实例的个性化配置：ssl_protocols TLSv1.2 TLSv1.3;',
      },
      'tencent-cdn': {
        en: 'Domain management > HTTPS > TLS version: TLS 1.2 and TLS 1.3.',
        'zh-CN': '域名管理 > HTTPS 配置 > TLS 版本配置：开启 TLS 1.2 与 TLS 1.3。',
      },
      'alibaba-slb': {
        en: 'HTTPS listener > TLS security policy: tls_cipher_policy_1_2 or tls_cipher_policy_1_2_strict_with_1_3.',
        'zh-CN':
          'HTTPS 监听 > TLS 安全策略：选择 tls_cipher_policy_1_2 或 tls_cipher_policy_1_2_strict_with_1_3。',
      },
    },
  }
}

/** Pass the upgrade to WebSocket on to whoever speaks it. */
export function upgradeWebSocket(text: Text): Fix {
  return {
    text,
    snippets: {
      nginx:
        'location /ws {\n    proxy_pass http://127.0.0.1:8080;\n    proxy_http_version 1.1;\n    proxy_set_header Upgrade $http_upgrade;\n    proxy_set_header Connection "upgrade";\n    proxy_read_timeout 300s;  # 60 s of silence end the connection otherwise\n}',
      apache:
        'ProxyPass "/ws" "http://127.0.0.1:8080/ws" upgrade=websocket  # 2.4.47 or newer\n# older: mod_proxy_wstunnel, ProxyPass "/ws" "ws://127.0.0.1:8080/ws"',
      caddy:
        'reverse_proxy /ws 127.0.0.1:8080  # passes upgrades on by itself; header_up must not change Connection',
      iis: 'Install-WindowsFeature Web-WebSockets\n<!-- web.config --> <webSocket enabled="true" />  <!-- with ARR 3.0 or newer before it -->',
      tomcat:
        '<Connector protocol="org.apache.coyote.http11.Http11NioProtocol" ... />  <!-- AJP carries no WebSocket -->',
    },
    consoles: {
      'tencent-clb': {
        en: 'HTTP and HTTPS listeners pass WebSocket on; raise proxy_read_timeout in the custom configuration for idle connections.',
        'zh-CN':
          'HTTP/HTTPS 监听器默认支持 WebSocket；连接空闲较久时，请在个性化配置中调大 proxy_read_timeout。',
      },
      'tencent-cdn': {
        en: 'WebSocket needs ECDN (Advanced configuration > WebSocket timeout, at most 300 s), or a domain straight to the origin.',
        'zh-CN':
          'WebSocket 需使用 ECDN 全站加速（高级配置 > WebSocket 超时时间，最长 300 秒），或用另一域名直连源站。',
      },
      'alibaba-slb': {
        en: 'HTTP and HTTPS listeners pass WebSocket on; raise the idle and request timeouts of the listener.',
        'zh-CN': 'HTTP/HTTPS 监听默认支持 WebSocket；请调大监听的空闲与请求超时。',
      },
    },
  }
}

/** Serve over https what is served over http now. */
export function serveHttps(text: Text): Fix {
  return {
    text,
    snippets: {
      nginx:
        'listen 443 ssl;\nssl_certificate     /etc/ssl/fullchain.pem;\nssl_certificate_key /etc/ssl/privkey.pem;',
      apache:
        'Listen 443 https\nSSLEngine on\nSSLCertificateFile    /etc/ssl/fullchain.pem\nSSLCertificateKeyFile /etc/ssl/privkey.pem',
      caddy: 'api.example.com {\n\treverse_proxy 127.0.0.1:8080\n}',
      iis: 'New-WebBinding -Name "Default Web Site" -Protocol https -Port 443 -SslFlags 1',
      tomcat:
        '<Connector port="8443" SSLEnabled="true">\n  <SSLHostConfig><Certificate certificateFile="conf/leaf.pem" certificateKeyFile="conf/privkey.pem" certificateChainFile="conf/intermediates.pem" /></SSLHostConfig>\n</Connector>',
    },
    consoles: UPLOAD_CHAIN,
  }
}

/** Answer in UTF-8, and say so. */
export function sendUtf8(text: Text): Fix {
  return {
    text,
    snippets: {
      nginx:
        'charset utf-8;\ncharset_types text/html text/plain text/xml text/css application/javascript;',
      apache: 'AddDefaultCharset utf-8',
      caddy: 'header Content-Type "text/plain; charset=utf-8"',
      iis: '<staticContent><remove fileExtension=".txt" /><mimeMap fileExtension=".txt" mimeType="text/plain; charset=utf-8" /></staticContent>',
      tomcat: 'response.setContentType("text/plain; charset=UTF-8");',
    },
  }
}

/** Ask the CA for another certificate. */
export function reissue(text: Text): Fix {
  return { text }
}

const UPLOAD_CHAIN: NonNullable<Fix['consoles']> = {
  'tencent-clb': {
    en: 'SSL certificates > Upload: paste the leaf and then each intermediate as one; bind it to the HTTPS listener.',
    'zh-CN': 'SSL 证书 > 上传证书：依次粘贴站点证书与各中间证书；再绑定到 HTTPS 监听器。',
  },
  'tencent-cdn': {
    en: 'Domain management > HTTPS > Certificate: the full chain, leaf first.',
    'zh-CN': '域名管理 > HTTPS 配置 > 证书：填写完整证书链，站点证书在前。',
  },
  'alibaba-slb': {
    en: 'Certificates > Create: the public key certificate holds the leaf and then each intermediate; choose it in the HTTPS listener.',
    'zh-CN': '证书管理 > 创建证书：公钥证书中依次填写站点证书与各中间证书；再在 HTTPS 监听中选用。',
  },
}
