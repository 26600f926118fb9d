/** Markdown as GitHub and GitLab read it: CommonMark with tables, HTML and links that are found in text. */
import MarkdownIt from 'markdown-it'

const reader = new MarkdownIt({ html: true, linkify: true })
// Bare names without a scheme are linked by neither of them, but for www.
reader.linkify.set({ fuzzyLink: false })

type Token = ReturnType<typeof reader.parse>[number]

/** Every token, those inside of lines included. */
export function tokensOf(text: string): readonly Token[] {
  return reader.parse(text, {}).flatMap(token => [token, ...(token.children ?? [])])
}

/** Tables, rows, cells. */
export function tablesOf(text: string): readonly (readonly (readonly string[])[])[] {
  const tables: string[][][] = []
  const tokens = reader.parse(text, {})
  for (const [index, { type }] of tokens.entries()) {
    if (type === 'table_open') tables.push([])
    if (type === 'tr_open') tables.at(-1)?.push([])
    if (type === 'th_open' || type === 'td_open')
      tables
        .at(-1)
        ?.at(-1)
        ?.push(plainOf(tokens[index + 1]))
  }
  return tables
}

export function headingsOf(text: string): readonly string[] {
  const tokens = reader.parse(text, {})
  return tokens.flatMap(({ type }, index) =>
    type === 'heading_open' ? [plainOf(tokens[index + 1])] : [],
  )
}

function plainOf(inline: Token | undefined): string {
  return (inline?.children ?? []).map(({ content }) => content).join('')
}
