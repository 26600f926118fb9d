/** Paths drawn as trees: from the leaf to each root it reaches, and to where the others end; stores that agree share one. */
import { type PathError, pathErrorText } from '../../chain/path-error.ts'
import { certificateLabel } from '../../facts/leaf.ts'
import type { StorePaths } from '../../facts/store-paths.ts'
import type { ReportOptions } from '../../report.ts'
import { describeHoldings } from '../../stores/describe.ts'
import type { Holding, Stores } from '../../stores/store.ts'
import { type Text, visible } from '../../text.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { displayWidth, inBrackets, indent, wrap } from './layout.ts'
import { paint, paintVerdict, verdictSign } from './words.ts'

export interface PathSources {
  readonly leaf: Certificate
  /** SHA-256 of what was sent; what else is below a root was fetched. */
  readonly sent: ReadonlySet<string>
  readonly stores: Stores
}

/** One tree for all stores that see the same. */
export function drawPaths(
  all: readonly StorePaths[],
  sources: PathSources,
  options: ReportOptions,
): string[] {
  const groups = new Map<string, StorePaths[]>()
  for (const paths of all) {
    const key = describeKey(paths)
    groups.set(key, [...(groups.get(key) ?? []), paths])
  }
  return [...groups.values()].flatMap(group => drawGroup(group, sources, options))
}

/** Equal for stores in which everything is alike but their names. */
function describeKey({ reached, ended, faults, cut }: StorePaths): string {
  const ids = (path: readonly Certificate[]) => path.map(({ sha256 }) => sha256)
  return JSON.stringify([
    reached.map(ids),
    ended.map(({ path, error }) => [ids(path), pathErrorText(error).en]),
    faults.map(error => pathErrorText(error).en),
    cut !== null,
  ])
}

function drawGroup(
  group: readonly StorePaths[],
  sources: PathSources,
  options: ReportOptions,
): string[] {
  const [first] = group
  if (!first) return []
  const { locale, style } = options
  const good = first.reached.length > 0 && first.faults.length === 0
  const names = group.map(({ table, version }) => `${table.system} ${version.version}`).join(', ')
  const [head = '', ...more] = wrap(names, style.width - 4)
  const sign = verdictSign(good ? 'pass' : 'fail', style)
  const stores = new Set(group.map(({ table }) => table.name))
  const tree = growTree(first, sources.leaf)
  const drawing: Drawing = {
    ...sources,
    options,
    holdings: root => sources.stores.holders(root).filter(({ store }) => stores.has(store)),
  }
  const cut = first.cut ? [`   ${pathErrorText({ ...first.cut, certificate: null })[locale]}`] : []
  return [
    ` ${paintVerdict(good ? 'pass' : 'fail', sign, style)} ${paint('bold', head, style)}`,
    ...indent(
      more.map(line => paint('bold', line, style)),
      '   ',
    ),
    ...drawNode(tree, null, '   ', '   ', drawing),
    ...cut,
  ]
}

interface Drawing extends PathSources {
  readonly options: ReportOptions
  /** Since when the stores of this tree hold a root. */
  readonly holdings: (root: Certificate) => readonly Holding[]
}

interface TreeNode {
  readonly certificate: Certificate
  isAnchor: boolean
  readonly errors: PathError[]
  readonly above: TreeNode[]
}

/** Paths share what they have in common from the leaf upwards. */
function growTree({ reached, ended, faults }: StorePaths, leaf: Certificate): TreeNode {
  const root: TreeNode = { certificate: leaf, isAnchor: false, errors: [...faults], above: [] }
  for (const path of reached) follow(root, path).isAnchor = true
  for (const { path, error } of ended) follow(root, path).errors.push(error)
  return root
}

function follow(root: TreeNode, [, ...path]: readonly Certificate[]): TreeNode {
  return path.reduce((node, certificate) => {
    const known = node.above.find(above => above.certificate.sha256 === certificate.sha256)
    if (known) return known
    const added: TreeNode = { certificate, isAnchor: false, errors: [], above: [] }
    node.above.push(added)
    return added
  }, root)
}

/** `lead` stands before its own line, `margin` before all that follows. */
function drawNode(
  node: TreeNode,
  below: TreeNode | null,
  lead: string,
  margin: string,
  drawing: Drawing,
): string[] {
  const signs = drawing.options.style.ascii ? ASCII_BRANCHES : BRANCHES
  const inner = margin + (node.above.length > 0 ? signs.trunk : signs.none)
  return [
    ...drawLines(node, below, lead, inner, drawing),
    ...node.above.flatMap((above, index) => {
      const last = index === node.above.length - 1
      const branch = margin + (last ? signs.last : signs.branch)
      return drawNode(above, node, branch, margin + (last ? signs.none : signs.trunk), drawing)
    }),
  ]
}

/** The name and what is to be said of it: on one line where it fits. */
function drawLines(
  node: TreeNode,
  below: TreeNode | null,
  lead: string,
  margin: string,
  drawing: Drawing,
): string[] {
  const { style } = drawing.options
  const name = nameOf(node, below, drawing)
  const notes = notesOn(node, drawing)
  const [only] = notes
  const draw = ([verdict, text]: Note) =>
    `${paintVerdict(verdict, verdictSign(verdict, style), style)} ${text}`
  const width = ([verdict, text]: Note) => displayWidth(`${verdictSign(verdict, style)} ${text}`)
  if (notes.length === 1 && only) {
    if (displayWidth(`${lead}${name}  `) + width(only) <= style.width)
      return [`${lead}${name}  ${draw(only)}`]
  }
  const [head = '', ...more] = wrap(name, style.width - displayWidth(lead))
  return [
    lead + head,
    ...indent(more, margin),
    ...notes.flatMap(([verdict, text]) => {
      const hang = ' '.repeat(verdictSign(verdict, style).length + 1)
      const [first = '', ...rest] = wrap(text, style.width - displayWidth(margin + hang))
      return [margin + draw([verdict, first]), ...indent(rest, margin + hang)]
    }),
  ]
}

const BRANCHES = { branch: '├─ ', last: '└─ ', trunk: '│  ', none: '   ' } as const
const ASCII_BRANCHES = { branch: '|- ', last: '`- ', trunk: '|  ', none: '   ' } as const

/** The label, and whether it was sent; where a neighbour has the same one, by whom it was issued. */
function nameOf(
  { certificate, isAnchor, above }: TreeNode,
  below: TreeNode | null,
  { sent, options }: Drawing,
): string {
  const label = certificateLabel(certificate)
  const namesakes = (below?.above ?? []).filter(
    other => certificateLabel(other.certificate) === label,
  )
  const issuer = certificate.issuer.commonName ?? certificate.issuer.text
  const remarks = [
    ...(namesakes.length > 1 ? [certificate.selfIssued ? WORDS.itself : WORDS.by(issuer)] : []),
    ...(isAnchor || sent.has(certificate.sha256) || above.length === 0 ? [] : [WORDS.notSent]),
  ]
  const remark = remarks.map(text => text[options.locale]).join(', ')
  return visible(remark === '' ? label : inBrackets(label, remark, options.locale))
}

type Note = readonly [verdict: 'pass' | 'fail', text: string]

function notesOn(
  { certificate, isAnchor, errors }: TreeNode,
  { options, holdings }: Drawing,
): readonly Note[] {
  const texts = errors.map(error =>
    pathErrorText(error.certificate === certificate ? { ...error, certificate: null } : error),
  )
  const refused = new Set(texts.map(text => text[options.locale]))
  return [
    ...(isAnchor ? [['pass', describeHoldings(holdings(certificate))] as const] : []),
    ...Array.from(refused, text => ['fail', visible(text)] as const),
  ]
}

const WORDS = {
  notSent: { en: 'not sent', 'zh-CN': '未发送' },
  itself: { en: 'self-signed', 'zh-CN': '自签名' },
  by: (issuer: string): Text => ({ en: `by ${issuer}`, 'zh-CN': `由 ${issuer} 签发` }),
}
