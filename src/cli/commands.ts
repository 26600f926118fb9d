/** The commands as data: names, words, flags, and where the work is done. */
import type { Text } from '../text.ts'
import type { Invocation } from './invocation.ts'
import { CAPTURE, CONNECT, type Flag, OUTPUT, SCOPE, TRUST, VERDICT } from './options.ts'

export interface CommandSpec {
  /** As commander has it: `check [target...]`. */
  readonly form: string
  readonly text: Text
  readonly flags: readonly Flag[]
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
    'zh-CN': '保存观测记录，供以后重新判断',
  },
}

const CONCURRENCY: Flag = {
  form: '--concurrency <n>',
  text: { en: 'targets at once (8)', 'zh-CN': '同时检查的目标数（8）' },
}

export const COMMANDS: readonly CommandSpec[] = [
  {
    form: 'check [target...]',
    text: {
      en: 'check servers as every phone would see them',
      'zh-CN': '以各种手机的视角检查服务器',
    },
    flags: [LIST, ...CONNECT, ...TRUST, ...SCOPE, ...VERDICT, ...OUTPUT, SAVE, CONCURRENCY],
    load: () => import('./check.ts'),
  },
  {
    form: 'show <target>',
    text: {
      en: 'the certificates a server sends, or a file holds, each explained',
      'zh-CN': '逐张解释服务器发送的、或文件中的证书',
    },
    flags: [
      ...CONNECT,
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
      'zh-CN': '离线重新判断保存的观测记录',
    },
    flags: [...TRUST, ...SCOPE, ...VERDICT, ...OUTPUT],
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
    form: 'explain <rule>',
    text: {
      en: 'what a rule says, where it comes from, and how to mend it',
      'zh-CN': '解释规则的含义、出处与修复方法',
    },
    flags: [],
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
      en: 'the trust stores: list, or find FINGERPRINT or NAME',
      'zh-CN': '根证书库：list 列出，find 按指纹或名称查找',
    },
    flags: [],
    load: () => import('./stores.ts'),
  },
  {
    form: 'schema',
    text: { en: 'JSON Schema of the report', 'zh-CN': '报告的 JSON Schema' },
    flags: [],
    load: () => import('./schema.ts'),
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
