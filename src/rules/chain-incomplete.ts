/** Row 34: the server leaves an intermediate out. What that means depends on whether the client fetches it. */
import { serveFullChain } from '../advice.ts'
import type { Trust } from '../facts/facts.ts'
import type { Family, Stack } from '../platform.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'
import type { Text } from '../text.ts'

export default defineRule({
  severity: 'error',
  rank: 9,
  statement: {
    en: 'The trust chain of the certificate must be complete (server configuration).',
    'zh-CN': '证书的信任链必须完整（需要服务器配置）。',
  },
  sources: [platformDocument, 'RFC 5246 section 7.4.2', 'RFC 8446 section 4.4.2'],
  title: { en: 'The chain is incomplete', 'zh-CN': '证书链不完整' },
  needs: ['trust'],
  check({ trust }, { family, stack }) {
    const { missing } = trust
    const [first] = missing
    if (!first) return []
    const client = consequenceFor(trust, family, stack)
    const severity = client === 'fails' || client === 'lost' ? 'error' : 'warn'
    return [{ args: { missing, client }, severity, about: first.subject }]
  },
  example: {
    missing: [
      {
        subject: 'CN=Example CA',
        label: 'Example CA',
        keyId: null,
        url: 'http://ca.example.com/ca.der',
        sha256: null,
      },
    ],
    client: 'fails',
  },
  message: ({ missing, client }) => {
    const names = missing.map(({ label }) => label)
    const consequence = CONSEQUENCES[client]
    return {
      en: `the server does not send ${names.join(' and ')}; ${consequence.en}`,
      'zh-CN': `服务器没有发送 ${names.join(' 与 ')}；${consequence['zh-CN']}`,
    }
  },
  fix: ({ missing }) => {
    const wanted = missing.map(describeMissing)
    const [en, zh] = missing.every(({ sha256 }) => sha256 !== null) ? WRITTEN : ['', '']
    return serveFullChain({
      en: `Deploy the full chain instead of the leaf alone: the leaf, then ${wanted.map(text => text.en).join('; then ')}.${en}`,
      'zh-CN': `请部署完整证书链，不要只部署站点证书；站点证书之后依次为 ${wanted.map(text => text['zh-CN']).join('；')}。${zh}`,
    })
  },
})

const WRITTEN = [
  ' --write-fullchain FILE writes that file.',
  '用 --write-fullchain FILE 可直接写出该文件。',
] as const

/** A name and where it is; of one that could not be had all that tells it from others. */
function describeMissing({ label, subject, keyId, url, sha256 }: Trust['missing'][number]): Text {
  const [en, zh] =
    sha256 === null && keyId ? [` (key id ${keyId})`, `（密钥标识 ${keyId}）`] : ['', '']
  const name = sha256 === null ? subject : label
  return {
    en: `${name}${en}${url ? `, from ${url}` : ''}`,
    'zh-CN': `${name}${zh}${url ? `，下载地址 ${url}` : ''}`,
  }
}

/** A client that completes the chain only warns, even where it then meets a root it does not hold: that is told apart. */
function consequenceFor(
  { path, lacking, error }: Trust,
  family: Family,
  { fetchesIssuers }: Stack,
): keyof typeof CONSEQUENCES {
  if (fetchesIssuers === 'no') return 'fails'
  if (path === null && lacking === null && error === null) return 'lost'
  if (family === 'devtools' || family === 'reference') return 'desktop'
  return fetchesIssuers === 'doubtful' ? 'doubtful' : 'fetches'
}

const CONSEQUENCES = {
  fails: { en: 'this client does not look for it', 'zh-CN': '该客户端不会自行获取' },
  lost: { en: 'nothing tells where to get it', 'zh-CN': '也没有可供获取的地址' },
  fetches: { en: 'iOS fetches it itself, which costs time', 'zh-CN': 'iOS 会自行获取，但会变慢' },
  doubtful: {
    en: 'the missing intermediate may be fetched by iOS, but may fail: -202 has been reported',
    'zh-CN': 'iOS 可能会自行获取，但也可能失败：有 -202 报错的反馈',
  },
  desktop: {
    en: 'the desktop completes the chain: no proof for phones',
    'zh-CN': '桌面系统会自动补全：不代表手机可用',
  },
} as const
