/** The chain as sent, where it leads, and how long each certificate lives. */
import { messageInChinese } from '../../fault-words.ts'
import type { CertificateResult, ChainResult, TargetResult } from '../../report.ts'
import { formatDay, type Text } from '../../text.ts'
import { commonNameOf, hashOf, ROLES, timeLeft } from '../text/chains.ts'
import { labelled } from '../text/layout.ts'
import { WORDS } from '../text/words.ts'
import { both, type Html, html, type Value } from './markup.ts'
import { HTML_WORDS } from './words.ts'

type State = 'pass' | 'warn' | 'fail'

const SIGNS: Readonly<Record<State, string>> = { pass: '✓', warn: '!', fail: '✗' }

export function chainSections({ chains }: TargetResult, at: number): readonly Html[] {
  return chains.map(
    chain => html`<h3>${both(WORDS.chain)}${chains.length > 1 && html` <code>${chain.id}</code>`}</h3>
<ol class="chain">
${chain.sent.map(one => sentItem(one, at))}
${chain.missing.map(({ subject, keyId, issuerUrl, sha256 }) =>
  item(
    'fail',
    both(locale => labelled(WORDS.missing[locale], commonNameOf(subject), locale)),
    [
      issuerUrl,
      keyId && both(locale => `${WORDS.keyId[locale]} ${keyId}`),
      sha256 && `SHA-256 ${sha256}`,
    ].filter(part => part !== null),
  ),
)}
${chain.anchors.map(({ label, trustedBy }) => item('pass', label, [both(trustedBy)]))}
</ol>
${lifetimes(chain, at)}
${certificateDetails(chain)}`,
  )
}

function sentItem(certificate: CertificateResult, at: number): Html {
  const { label, key, signatureAlgorithm, notBefore, notAfter, role, fault } = certificate
  if (fault !== null || notBefore === null || notAfter === null)
    return item('fail', both(WORDS.unreadable), [fault && both(faultText(fault))])
  const remark = ROLES[role]
  return item(stateOf(certificate, at), label, [
    html`${key}, ${hashOf(signatureAlgorithm)} · ${formatDay(notBefore)} – ${formatDay(notAfter)} · ${both(locale => timeLeft(notBefore, notAfter, at, locale))}${remark && html` · ${both(remark)}`}`,
  ])
}

function faultText(fault: string): Text {
  return { en: fault, 'zh-CN': messageInChinese(fault) }
}

function item(state: State, label: Value, lines: readonly Value[]): Html {
  return html`<li><span class="sign ${state}" aria-hidden="true">${SIGNS[state]}</span><div><strong><bdi>${label}</bdi></strong>${lines.map(line => html`<small>${line}</small>`)}</div></li>
`
}

function stateOf({ notBefore, notAfter, role }: CertificateResult, at: number): State {
  const isDated = notBefore !== null && notAfter !== null && at >= notBefore && at <= notAfter
  return isDated ? 'pass' : role === 'leaf' ? 'fail' : 'warn'
}

/** Bars on one scale, from the first beginning to the last end, with the day that was judged. */
function lifetimes({ sent }: ChainResult, at: number): Html | null {
  const dated = sent.flatMap(one =>
    one.notBefore === null || one.notAfter === null
      ? []
      : [{ one, from: one.notBefore, to: one.notAfter }],
  )
  if (dated.length === 0) return null
  const first = Math.min(at, ...dated.map(({ from }) => from))
  const last = Math.max(at, ...dated.map(({ to }) => to))
  const place = (ms: number) => ((100 * (ms - first)) / Math.max(1, last - first)).toFixed(2)
  return html`<h3>${both(HTML_WORDS.timeline)}</h3>
<ul class="lives">${dated.map(({ one, from, to }) => {
    const width = Math.max(0.5, Number(place(to)) - Number(place(from)))
    return html`<li><bdi>${one.label}</bdi>
<div class="bar" aria-hidden="true"><i class="${stateOf(one, at)}" style="left:${place(from)}%;width:${width.toFixed(2)}%"></i><b style="left:${place(at)}%"></b></div>
<small>${formatDay(from)} – ${formatDay(to)} · ${both(locale => timeLeft(from, to, at, locale))}</small></li>
`
  })}</ul>
<p class="legend">│ ${both(locale => labelled(HTML_WORDS.judged[locale], formatDay(at), locale))}</p>`
}

function certificateDetails({ sent }: ChainResult): Html {
  return html`<details><summary>${both(HTML_WORDS.certificates)}</summary>
${sent.map(
  ({ label, subject, issuer, san, serial, sha256, pem }) => html`<h4><bdi>${label}</bdi></h4>
<dl><dt>Subject</dt><dd><bdi>${subject}</bdi></dd><dt>${both(HTML_WORDS.issuer)}</dt><dd><bdi>${issuer}</bdi></dd>${
    san.length > 0 && html`<dt>${both(HTML_WORDS.names)}</dt><dd><bdi>${san.join(', ')}</bdi></dd>`
  }<dt>${both(HTML_WORDS.serial)}</dt><dd>${serial ?? '–'}</dd><dt>SHA-256</dt><dd>${sha256}</dd></dl>
<pre tabindex="0">${pem}</pre>`,
)}</details>`
}
