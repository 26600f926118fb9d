/** Row 30: a key of the path is of a kind or size that this client cannot use, or not meant for what is done with it. */
import { reissue } from '../advice.ts'
import { pathErrorText } from '../chain/path-error.ts'
import type { KeyMisfit } from '../facts/facts.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'error',
  rank: 9,
  statement: {
    en: 'The certificate must be valid: phones know RSA, P-256 and P-384 keys.',
    'zh-CN': '证书必须有效：手机支持 RSA、P-256 与 P-384 密钥。',
  },
  sources: [
    platformDocument,
    'google/conscrypt ChainStrengthAnalyzer.java',
    'apple-oss-distributions/Security 61901 SecPolicy.c (SecPolicyAddStrongKeySizeOptions)',
  ],
  title: { en: 'The key cannot be used', 'zh-CN': '密钥不受支持' },
  needs: ['faults'],
  uses: ['trust', 'objection', 'keyFit'],
  check({ trust, faults, objection, keyFit }, { family }) {
    const misused = objection?.to === 'key-usage' ? [misuse(objection.choice)] : []
    // What is only too small for iOS is told by the rule of App Transport Security.
    const unfit = [...faults, ...(trust?.error ? [trust.error] : [])]
      .filter(
        ({ code, reason }) => code === 'WEAK_KEY' && !(family === 'ios' && reason === 'weak-key'),
      )
      .map(fault => ({
        args: { key: fault.args['key'] ?? '', usage: '', text: pathErrorText(fault) },
        about: fault.depth === 0 ? 'leaf' : 'intermediate',
      }))
    const isSaid = unfit.some(({ about }) => about === 'leaf')
    return [...misused, ...unfit, ...(keyFit && !isSaid ? [misfit(keyFit)] : [])]
  },
  example: {
    key: 'SM2',
    usage: '',
    text: {
      en: 'api.example.com: a key of this kind is not accepted (SM2)',
      'zh-CN': 'api.example.com: 不接受这类密钥（SM2）',
    },
  },
  message: ({ text }) => text,
  fix: ({ usage }) =>
    usage === ''
      ? reissue({
          en: 'Make an EC P-256 or RSA 2048 key and have the certificate issued for it.',
          'zh-CN': '生成 EC P-256 或 RSA 2048 密钥，并以其重新签发证书。',
        })
      : reissue({
          en: 'Issue it again with keyUsage = digitalSignature, and keyEncipherment where the key is RSA.',
          'zh-CN': '以 keyUsage = digitalSignature 重新签发；RSA 密钥还应包含 keyEncipherment。',
        }),
})

function misfit({ lacks, key }: KeyMisfit) {
  const what = {
    curve: {
      en: 'this client does not offer its curve',
      'zh-CN': '该客户端不支持其椭圆曲线',
    },
    signature: {
      en: 'this client takes no signature of such a key',
      'zh-CN': '该客户端不接受此类密钥的签名',
    },
    usage: {
      en: 'its key usage allows no signature',
      'zh-CN': '其密钥用途不允许签名',
    },
  }[lacks]
  return {
    args: {
      key,
      usage: lacks === 'usage' ? 'digitalSignature' : '',
      text: {
        en: `no handshake with a key of ${key}: ${what.en}`,
        'zh-CN': `使用 ${key} 密钥无法完成握手：${what['zh-CN']}`,
      },
    },
    about: 'leaf',
  }
}

function misuse(usage: string) {
  return {
    args: {
      key: '',
      usage,
      text: {
        en: `the certificate's key usage lacks ${usage}, which the key exchange needs; this client breaks off`,
        'zh-CN': `证书的密钥用途缺少密钥交换所需的 ${usage}；该客户端因而中断`,
      },
    },
    about: 'leaf',
  }
}
