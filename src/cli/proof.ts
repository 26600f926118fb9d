/** The commands that show whether a server or a folder breaks a rule. */
import type { FactName } from '../facts/facts.ts'
import { NO_WEB_FACTS } from '../facts/web.ts'
import { projectRules } from '../project-rules/index.ts'
import type { Rule } from '../rule.ts'
import { rules } from '../rules/index.ts'

/** `HOST`, `PATH`, `FILE` and `DIR` are the reader's. */
export function proofsOf(id: string): readonly string[] {
  if (id === 'asset-host-problem') return ['mpcert project DIR --live']
  if (Object.hasOwn(projectRules, id)) return ['mpcert project DIR']
  const rule = (rules as Readonly<Record<string, Rule>>)[id]
  if (!rule) return [id === 'ignore-expired' ? 'mpcert check HOST' : 'mpcert scan HOST']
  const needs = (...names: readonly FactName[]) => names.some(name => rule.needs.includes(name))
  if (needs('upgrade')) return ['mpcert check wss://HOST/PATH']
  if (needs('verifyFile')) return ['mpcert check HOST --verify-file FILE']
  if (needs(...WEB_FACTS)) return ['mpcert check https://HOST/PATH']
  if (id === 'leaf-not-first' || needs('keyPair')) return ['mpcert gate FILE... --key FILE']
  if (needs('live')) return ['mpcert gate FILE... --against HOST']
  const revocation = needs('revocation') ? ' --revocation' : ''
  return [
    `mpcert check HOST${revocation}`,
    'openssl s_client -connect HOST:443 -servername HOST -showcerts',
  ]
}

const WEB_FACTS = Object.keys(NO_WEB_FACTS) as readonly FactName[]
