/** The commands as data: names, words, flags, and where the work is done. */
import type { Text } from '../text.ts'
import type { Invocation } from './invocation.ts'
import {
  CAPTURE,
  CONFIG,
  CONFIG_FILE,
  CONNECT,
  CRON,
  type Flag,
  GATE,
  LIVE,
  OUTPUT,
  PACE,
  QUICK,
  SCAN_OUTPUT,
  SCOPE,
  TRUST,
  VERBOSE,
  VERDICT,
  WEB,
} from './options.ts'
import { parseDate } from './values.ts'

export interface CommandSpec {
  /** As commander has it: `check [target...]`. */
  readonly form: string
  readonly text: Text
  readonly flags: readonly Flag[]
  /** A second name. */
  readonly alias?: string
  /** The first argument is the folder from which the configuration is looked for. */
  readonly inFolder?: boolean
  readonly load: () => Promise<{ readonly run: (invocation: Invocation) => Promise<number> }>
}

const LIST: Flag = {
  form: '--list <file>',
  text: {
    en: 'targets, one a line; - is standard input, # begins a comment',
    'zh-CN': '目标列表，每行一个；- 为标准输入，# 开头为注释',
  },
  repeat: true,
}

const SAVE: Flag = {
  form: '--save <file>',
  text: {
    en: 'save the observation, to be judged again',
    'zh-CN': '保存观测记录，供以后重新判定',
  },
  acts: true,
}

const WRITE_CHAIN: Flag = {
  form: '--write-fullchain <file>',
  text: {
    en: 'write the chain to deploy: the leaf and the fewest intermediates that suffice',
    'zh-CN': '写出应部署的证书链：站点证书，以及必需的最少中间证书',
  },
  acts: true,
}

/** No part of TRUST: who judges offline asks nobody. */
const REVOCATION: Flag = {
  form: '--revocation',
  text: {
    en: 'ask OCSP responders and CRLs whether certificates are revoked',
    'zh-CN': '向 OCSP 服务器与吊销列表查询证书是否被吊销',
  },
}

const RESUME: Flag = {
  form: '--resume <file>',
  text: {
    en: 'go on with this JSON Lines report: skip the targets in it, and add the others',
    'zh-CN': '接着写这份 JSON Lines 报告：跳过其中已有的目标，补上其余的',
  },
  acts: true,
}

const CONCURRENCY: Flag = {
  form: '--concurrency <n>',
  text: { en: 'targets at once (8)', 'zh-CN': '同时检查的目标数（8）' },
}

const TARGET: Flag = {
  form: '--target <host>',
  text: {
    en: 'check this server, and say which of the causes it is',
    'zh-CN': '检查该服务器，指出是哪一种原因',
  },
}

const URL: Flag = {
  form: '--url <url>',
  text: {
    en: 'ask whether the domain list allows this URL for --api',
    'zh-CN': '查询域名列表是否允许以 --api 访问该网址',
  },
}

const UPDATE: readonly Flag[] = [
  {
    form: '--from <source>',
    text: {
      en: 'update: folder, file or https URL of PEM roots, CCADB reports, cacerts, root_store.textproto or log_list.json',
      'zh-CN':
        'update：文件夹、文件或 https 网址，内容可为 PEM 根证书、CCADB 报告、cacerts、root_store.textproto 或 log_list.json',
    },
  },
  {
    form: '--store <name>',
    text: {
      en: 'update: whose roots they are, where the format does not say',
      'zh-CN': 'update：所属的根证书库（格式中未注明时）',
    },
  },
  {
    form: '--store-version <version>',
    text: {
      en: 'update: which version has these roots, such as 18 of android',
      'zh-CN': 'update：对应的系统版本，例如 android 的 18',
    },
  },
  {
    form: '--date <date>',
    text: {
      en: 'update: day on which the list was right (today)',
      'zh-CN': 'update：该列表的核对日期（默认今天）',
    },
    parse: parseDate,
  },
]

const CHECK: readonly Flag[] = [
  LIST,
  ...CONFIG,
  ...CONNECT,
  ...TRUST,
  REVOCATION,
  ...WEB,
  ...SCOPE,
  QUICK,
  ...VERDICT,
  ...OUTPUT,
  VERBOSE,
  SAVE,
  WRITE_CHAIN,
  ...CRON,
  RESUME,
  CONCURRENCY,
  ...PACE,
]

export const COMMANDS: readonly CommandSpec[] = [
  {
    form: 'check [target...]',
    text: {
      en: 'check servers as every phone would see them',
      'zh-CN': '以各种手机的视角检查服务器',
    },
    flags: CHECK,
    load: () => import('./check.ts'),
  },
  {
    form: 'gate [file...]',
    alias: 'verify',
    text: {
      en: 'certificate files by the same rules, before they are deployed',
      'zh-CN': '部署前按同样的规则检查证书文件',
    },
    flags: [
      ...GATE,
      ...CONFIG,
      ...CONNECT,
      ...TRUST,
      REVOCATION,
      ...SCOPE,
      ...VERDICT,
      ...OUTPUT.filter(({ form }) => form !== '--show-openssl'),
      SAVE,
      WRITE_CHAIN,
    ],
    load: () => import('./gate.ts'),
  },
  {
    form: 'scan <target>',
    text: {
      en: 'everything a server accepts: versions, suites, groups, signatures',
      'zh-CN': '服务器接受的全部内容：版本、套件、密钥交换组、签名算法',
    },
    flags: [CONFIG_FILE, ...CONNECT, ...PACE, ...SCAN_OUTPUT],
    load: () => import('./scan.ts'),
  },
  {
    form: 'project [dir]',
    inFolder: true,
    text: {
      en: "a Mini Program's folder: domain list, settings, and every URL in its sources",
      'zh-CN': '检查小程序目录：域名列表、配置与源码中的所有网址',
    },
    flags: [
      URL,
      ...LIVE,
      ...CONFIG,
      ...CONNECT,
      ...TRUST,
      REVOCATION,
      ...SCOPE,
      ...VERDICT,
      ...OUTPUT,
      CONCURRENCY,
      ...PACE,
    ],
    load: () => import('./project.ts'),
  },
  {
    form: 'show <target>',
    text: {
      en: 'the certificates a server sends, or a file holds, each explained',
      'zh-CN': '逐张解释服务器发送的或文件中的证书',
    },
    flags: [
      CONFIG_FILE,
      ...CONNECT,
      ...TRUST,
      {
        form: '--pem',
        text: { en: 'print the certificates as PEM alone', 'zh-CN': '只以 PEM 输出证书' },
      },
    ],
    load: () => import('./show.ts'),
  },
  {
    form: 'judge <observation>',
    text: {
      en: 'judge a saved observation again, offline',
      'zh-CN': '离线重新判定保存的观测记录',
    },
    flags: [CONFIG_FILE, ...TRUST, ...SCOPE, ...VERDICT, ...OUTPUT, VERBOSE, WRITE_CHAIN],
    load: () => import('./judge.ts'),
  },
  {
    form: 'capture',
    text: {
      en: 'saves the ClientHello of whoever connects, such as a phone, and explains it',
      'zh-CN': '保存并解释连接者（例如手机）发送的 ClientHello',
    },
    flags: CAPTURE,
    load: () => import('./capture.ts'),
  },
  {
    form: 'explain <message...>',
    text: {
      en: 'what a rule, an error number or a pasted message means, and how to mend it',
      'zh-CN': '解释规则、错误码或粘贴的报错信息，并给出修复方法',
    },
    flags: [TARGET, ...CONFIG, ...CONNECT, ...TRUST],
    load: () => import('./explain.ts'),
  },
  {
    form: 'rules',
    text: { en: 'all rules', 'zh-CN': '列出所有规则' },
    flags: [],
    load: () => import('./rules.ts'),
  },
  {
    form: 'platforms [id]',
    text: {
      en: 'the platforms, or one of them with its stacks, policy and sources',
      'zh-CN': '列出平台，或查看某个平台的协议栈、策略与出处',
    },
    flags: [],
    load: () => import('./platforms.ts'),
  },
  {
    form: 'stores [action] [query]',
    text: {
      en: 'the trust stores: list, find FINGERPRINT or NAME, or update --from a newer list',
      'zh-CN': '根证书库：list 列出，find 按指纹或名称查找，update 用 --from 导入更新的列表',
    },
    flags: UPDATE,
    load: () => import('./stores.ts'),
  },
  {
    form: 'schema [what]',
    text: {
      en: 'JSON Schema of the report, or of the config',
      'zh-CN': '报告（report）或配置（config）的 JSON Schema',
    },
    flags: [],
    load: () => import('./schema.ts'),
  },
  {
    form: 'config [action]',
    text: {
      en: 'config print: every setting of a check, and where it comes from',
      'zh-CN': 'config print：列出检查的每项设置及其来源',
    },
    flags: CHECK,
    load: () => import('./config.ts'),
  },
  {
    form: 'completion <shell>',
    text: {
      en: 'completion for bash, zsh, fish or powershell',
      'zh-CN': '生成 bash、zsh、fish 或 powershell 的命令补全',
    },
    flags: [],
    load: () => import('./completion.ts'),
  },
  {
    form: 'demo',
    text: {
      en: 'good and broken servers on this machine, checked for real, without any network',
      'zh-CN': '在本机启动正常与异常的服务器并实际检查，无需联网',
    },
    flags: [],
    load: () => import('./demo.ts'),
  },
]
