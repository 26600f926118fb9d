/** Every flag as data: its form, its words, and how its value is read. Light: help and `--version` load this alone. */
import { parseProxy } from '../connect/proxy.ts'
import { UsageError } from '../errors.ts'
import { messengers } from '../messengers/index.ts'
import { RULE_SET_IDS } from '../miniprogram/rule-set.ts'
import { reports } from '../reports/index.ts'
import { starttls } from '../starttls/index.ts'
import type { Text } from '../text.ts'
import {
  parseAppid,
  parseDate,
  parseDuration,
  parseList,
  parseListenHost,
  parseListenPort,
  parseMaxConnections,
  parseName,
  parseNameOrWildcard,
  parseRate,
  parseResolve,
  parseThreshold,
} from './values.ts'

export interface Flag {
  /** As commander has it, such as `-o, --output <file>`. */
  readonly form: string
  readonly text: Text
  /** Reads the value; throws a UsageError. */
  readonly parse?: (text: string) => unknown
  /** All that the value may be. */
  readonly choices?: readonly string[]
  /** The flag may be repeated; values are collected. */
  readonly repeat?: boolean
  /** A second name, not shown in help. */
  readonly hidden?: boolean
  /** The key of its value, where that is another flag's. */
  readonly attribute?: string
  /** Runs, sends or writes something: no configuration from another folder may ask for it. */
  readonly acts?: boolean
}

export const COMMON: readonly Flag[] = [
  flag('--lang <locale>', 'language: en, zh-CN', '语言：en、zh-CN'),
  flag('--color', 'colour, whatever the terminal', '强制使用颜色'),
  flag('--no-color', 'no colour', '不使用颜色'),
  flag('--ascii', 'signs in ASCII alone', '只使用 ASCII 符号'),
  flag(
    '-q, --quiet',
    'problems alone: no progress, no hints, no target that passes',
    '只显示问题：不显示进度、提示与通过的目标',
  ),
  flag('--debug', 'the stack of a failure', '出错时显示调用栈'),
]

export const CONNECT: readonly Flag[] = [
  {
    ...flag('--servername <name>', 'name to send as SNI', '作为 SNI 发送的域名'),
    parse: parseName,
  },
  {
    ...flag('--sni <name>', 'the same as --servername', '等同于 --servername'),
    parse: parseName,
    hidden: true,
    attribute: 'servername',
  },
  { ...flag('--no-sni', 'send no SNI', '不发送 SNI'), attribute: 'servername' },
  {
    ...flag('--verify-hostname <name>', 'name the certificate must hold', '证书须包含的域名'),
    parse: parseName,
  },
  {
    ...flag(
      '--resolve <host:port:addr>',
      'address to use instead of asking DNS; may be repeated',
      '指定地址而不查询 DNS，可重复',
    ),
    parse: parseResolve,
    repeat: true,
  },
  {
    ...flag('--connect-to <host:port>', 'connect there instead', '改为连接该地址'),
  },
  flag('-4', 'IPv4 alone', '仅使用 IPv4'),
  flag('-6', 'IPv6 alone', '仅使用 IPv6'),
  flag('--all-addresses', 'ask every address everything', '对每个地址都做完整检查'),
  {
    ...flag(
      '--proxy <url>',
      "http://, https://, socks5:// or socks5h:// proxy instead of the environment's; '' for none; issuers, OCSP and CRLs are fetched directly",
      '使用该 http://、https://、socks5:// 或 socks5h:// 代理而非环境变量中的代理；为空表示不使用代理；中间证书、OCSP 与吊销列表始终直接获取',
    ),
    parse: text => (text === '' ? null : parseProxy(text)),
  },
  oneOf(
    Object.keys(starttls),
    flag(
      '--starttls <protocol>',
      `speak this before TLS: ${Object.keys(starttls).join(', ')}`,
      `先用该明文协议协商 TLS：${Object.keys(starttls).join('、')}`,
    ),
  ),
  {
    ...flag(
      '--timeout <time>',
      'to connect, and between two bytes (10s)',
      '连接与读取的超时时间（10s）',
    ),
    parse: parseDuration,
  },
]

const PASSWORD_FILE = flag(
  '--password-file <file>',
  'password of an encrypted key or a PKCS#12 file, instead of MPCERT_PASSWORD',
  '加密私钥或 PKCS#12 文件的密码所在文件（也可用环境变量 MPCERT_PASSWORD）',
)

export const GATE: readonly Flag[] = [
  {
    ...flag(
      '--host <name>',
      'name or wildcard that the certificate must hold; may be repeated; with --nginx, where a server has none',
      '证书须包含的域名或通配符，可重复；与 --nginx 合用时，用于没有域名的 server',
    ),
    parse: parseNameOrWildcard,
    repeat: true,
  },
  flag(
    '--key <file>',
    'its private key, where no other file holds it',
    '对应的私钥（其他文件中没有时）',
  ),
  PASSWORD_FILE,
  flag('--against <host>', 'compare with what this server shows today', '与该服务器目前的证书比较'),
  flag(
    '--nginx <file>',
    'check every ssl_certificate of this nginx configuration, for the names of its servers',
    '检查该 nginx 配置中的每个 ssl_certificate 及其 server_name',
  ),
]

const MAX_CONNECTIONS: Flag = {
  ...flag(
    '--max-connections <n>',
    'connections to one address at the same time (8)',
    '对同一地址的并发连接数（8）',
  ),
  parse: parseMaxConnections,
}

export const PACE: readonly Flag[] = [
  MAX_CONNECTIONS,
  {
    ...flag(
      '--rate <n>',
      'TLS connections to one address a second, at most',
      '对同一地址每秒最多新建的 TLS 连接数',
    ),
    parse: parseRate,
  },
]

export const TRUST: readonly Flag[] = [
  {
    ...flag(
      '--cacert <file>',
      'roots to trust beside those of every store',
      '在各系统的根证书库之外，额外信任的根证书',
    ),
    repeat: true,
  },
  flag('--only-cacert', 'trust the roots of --cacert alone', '只信任 --cacert 的根证书'),
  flag(
    '--no-fetch',
    'do not fetch missing intermediates, nor use those kept from before',
    '不下载缺失的中间证书，也不使用先前缓存的',
  ),
  flag('--allow-private-fetch', 'fetch from private addresses too', '允许从内网地址下载中间证书'),
  {
    ...flag('--at <date>', 'judge as of this day or moment', '按该日期或时刻判定'),
    parse: parseDate,
  },
]

const HTTP = flag(
  '--http',
  'also send GET requests as a Mini Program does; a URL with a path asks for it by itself, and wss:// for a WebSocket',
  '同时像小程序一样发送 GET 请求；带路径的 URL 无需此参数，wss:// 则会建立 WebSocket',
)

/** What proves who we are is not for a configuration from another folder to show around. */
const CLIENT_CERTIFICATE: readonly Flag[] = [
  {
    ...flag(
      '--client-cert <file>',
      'client certificate and its issuers, shown beyond TLS alone (--http, a path, wss://): phones show none, so the verdict stays',
      '客户端证书及中间证书，只在 TLS 之外的请求（--http、带路径的 URL、wss://）中出示；手机无法提供，因此结论不变',
    ),
    acts: true,
  },
  {
    ...flag('--client-key <file>', 'its private key', '对应的私钥'),
    acts: true,
  },
  PASSWORD_FILE,
]

/** For the hosts of a folder. */
export const LIVE: readonly Flag[] = [
  flag('--live', 'check every host that was found, too', '同时检查找到的每个主机'),
  {
    ...HTTP,
    text: {
      en: 'with --live: also GET / as a Mini Program does, and open each wss:// URL that the sources name whole',
      'zh-CN': '与 --live 合用：像小程序一样 GET 各主机的 /，并连接源码中完整的 wss:// 网址',
    },
  },
  ...CLIENT_CERTIFICATE,
]

/** What is asked beyond TLS. */
export const WEB: readonly Flag[] = [
  HTTP,
  {
    ...flag('--appid <id>', 'appid to name in the Referer', 'Referer 中使用的 appid'),
    parse: parseAppid,
  },
  flag(
    '--verify-file <file>',
    "the console's verification file, to be found in the web root",
    '后台下载的校验文件，检查网站根目录下能否访问',
  ),
  {
    ...flag('--ws-protocol <list>', 'WebSocket subprotocols to offer', '提供的 WebSocket 子协议'),
    parse: parseList,
    repeat: true,
  },
  {
    ...flag(
      '--idle <time>',
      'leave the WebSocket alone so long (such as 70s), to see who closes it',
      '让 WebSocket 空闲该时长（如 70s），看是否被断开',
    ),
    parse: parseDuration,
  },
  ...CLIENT_CERTIFICATE,
]

export const SCOPE: readonly Flag[] = [
  {
    ...flag(
      '--platforms <list>',
      'ids, families (ios, android, harmony, devtools), tiers (current, old, unproven, reference), or all',
      '平台 id、系统（ios、android、harmony、devtools）、层级（current、old、unproven、reference）或 all',
    ),
    parse: parseList,
    repeat: true,
  },
  {
    ...flag(
      '--api <list>',
      'request, download, upload, socket',
      '接口：request、download、upload、socket',
    ),
    parse: parseList,
    repeat: true,
  },
  flag(
    '--client-hello <file>',
    'your own client too: its ClientHello as raw bytes, hex dump, pcap or pcapng',
    '同时检查自己的客户端：其 ClientHello 的原始字节、十六进制转储、pcap 或 pcapng',
  ),
]

export const VERBOSE: Flag = flag(
  '-v, --verbose',
  'on stderr, every connection and what came of it',
  '在 stderr 上列出每个连接及其结果',
)

export const QUICK: Flag = flag(
  '--quick',
  'one handshake with each address, its chain judged for every platform: for fleets',
  '每个地址只握手一次，并按所有平台判定其证书链：适合大量服务器',
)

const FAIL_ON = oneOf(
  ['error', 'warn', 'info', 'none'],
  flag(
    '--fail-on <severity>',
    'exit 1 from error (default), warn, info, or none',
    '达到该级别时退出码为 1：error（默认）、warn、info、none',
  ),
)

export const CONFIG_FILE = flag(
  '--config <file>',
  'configuration (the nearest mpcert.config.json, .mjs, or package.json#mpcert)',
  '配置文件（默认向上查找 mpcert.config.json、.mjs 或 package.json#mpcert）',
)

export const CONFIG: readonly Flag[] = [
  CONFIG_FILE,
  oneOf(
    RULE_SET_IDS,
    flag(
      '--rule-set <name>',
      `revision of the platform document: ${RULE_SET_IDS.join(', ')}`,
      `平台文档的版本：${RULE_SET_IDS.join('、')}`,
    ),
  ),
]

/** What is known and needs no word. */
const ASIDE: readonly Flag[] = [
  {
    ...flag(
      '--ignore <rule>',
      'set findings of this rule aside; RULE@HOST on that host alone; may be repeated',
      '忽略该规则的问题；RULE@HOST 只针对该主机，可重复',
    ),
    repeat: true,
  },
  flag(
    '--baseline <file>',
    'report what is new beside this file alone',
    '只报告该基线文件中没有的问题',
  ),
  {
    ...flag(
      '--update-baseline',
      'write what there is now to the file of --baseline',
      '把当前的问题写入 --baseline 的文件',
    ),
    acts: true,
  },
  oneOf(
    ['error', 'warn', 'info'],
    flag(
      '--min-severity <severity>',
      'leave less severe findings out of the report; verdicts stay',
      '报告中不列出低于该级别的问题；结论不变',
    ),
  ),
]

export const VERDICT: readonly Flag[] = [
  {
    ...flag(
      '-w, --warning <limit>',
      'time left that warns, such as 30d or 25%',
      '剩余有效期低于该值时警告，如 30d 或 25%',
    ),
    parse: parseThreshold,
  },
  {
    ...flag('-c, --critical <limit>', 'time left that is graded C', '剩余有效期低于该值时评为 C'),
    parse: parseThreshold,
  },
  FAIL_ON,
  ...ASIDE,
]

const OUTPUT_FILE: Flag = {
  ...flag(
    '-o, --output <file>',
    'write there; json=FILE for a second format; may be repeated',
    '写入文件；json=FILE 可另存一种格式，可重复',
  ),
  repeat: true,
  acts: true,
}

export const SCAN_OUTPUT: readonly Flag[] = [
  FAIL_ON,
  oneOf(
    ['text', 'json', 'csv'],
    flag(
      '-f, --format <format>',
      'text (default), json or csv',
      '输出格式：text（默认）、json 或 csv',
    ),
  ),
  OUTPUT_FILE,
]

const FORMATS = Object.keys(reports).filter(id => id !== 'text')

export const OUTPUT: readonly Flag[] = [
  oneOf(
    ['text', ...FORMATS],
    flag(
      '-f, --format <format>',
      `text (default), ${FORMATS.join(', ')}`,
      `输出格式：text（默认）、${FORMATS.join('、')}`,
    ),
  ),
  OUTPUT_FILE,
  flag('--expand', 'a row per platform', '每个平台单独一行'),
  flag(
    '--show-openssl',
    'print the openssl command that shows the same',
    '打印等效的 openssl 命令',
  ),
]

/** For runs that nobody watches. */
export const CRON: readonly Flag[] = [
  {
    ...flag(
      '--state <file>',
      'keep there how each target stands, so that the next run can tell what has changed',
      '把每个目标的结果保存到该文件，供下次运行比较变化',
    ),
    acts: true,
  },
  {
    ...flag(
      '--notify <url>',
      'post what has changed since --state to this webhook; may be repeated',
      '把与 --state 相比的变化发送到该 webhook，可重复',
    ),
    repeat: true,
    acts: true,
  },
  oneOf(
    Object.keys(messengers),
    flag(
      '--notify-style <name>',
      `what the webhook takes, where its host does not tell: ${Object.keys(messengers).join(', ')}`,
      `webhook 的类型（无法从主机名判断时）：${Object.keys(messengers).join('、')}`,
    ),
  ),
  {
    ...flag(
      '--notify-command <command>',
      'run this with what has changed, as JSON on its standard input',
      '运行该命令，并把变化以 JSON 写入其标准输入',
    ),
    acts: true,
  },
]

export const CAPTURE: readonly Flag[] = [
  {
    ...flag('--port <n>', 'port to listen on; 0 for any (default)', '监听端口；0 为任意（默认）'),
    parse: parseListenPort,
  },
  {
    ...flag(
      '--host <addr>',
      'address to listen on (127.0.0.1); 0.0.0.0 lets a phone on this network in',
      '监听地址（127.0.0.1）；0.0.0.0 允许同一网络的手机连接',
    ),
    parse: parseListenHost,
  },
  flag(
    '-o, --output <file>',
    'write the ClientHello there (client-hello.bin)',
    '将 ClientHello 写入该文件（client-hello.bin）',
  ),
  {
    ...flag('--timeout <time>', 'how long to wait (no limit)', '等待时长（不限）'),
    parse: parseDuration,
  },
]

function oneOf(choices: readonly string[], one: Flag): Flag {
  const parse = (text: string) => {
    if (choices.includes(text)) return text
    const name = longName(one)
    throw new UsageError({
      en: `--${name} ${text}: choose one of ${choices.join(', ')}`,
      'zh-CN': `--${name} ${text}：可选值为 ${choices.join('、')}`,
    })
  }
  return { ...one, parse, choices }
}

/** As it is typed, without dashes; a flag of one letter is called by it. */
export function longName({ form }: Flag): string {
  return /--([a-z0-9-]+)/.exec(form)?.[1] ?? form.replace(/^-/, '')
}

/** The key of its value, as commander makes it: `--no-fetch` is `fetch`. */
export function attributeOf(flag: Flag): string {
  const bare = longName(flag).replace(/^no-/, '')
  return flag.attribute ?? bare.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

function flag(form: string, en: string, zh: string): Flag {
  return { form, text: { en, 'zh-CN': zh } }
}
