// Bundles modules of src/: for dist/, and for scripts, since the oldest supported Node runs no TypeScript.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Files of their own: what reads the data files, so that they can stand beside it, and what calls import(). */
const [DATA_READER, LIBRARIES] = ['stores/file', 'libraries']

/** `inputs` maps names below `outDir`, without extension, to files below src/: CommonJS, whose compiled form can be kept. */
export async function bundle(inputs, outDir) {
  const alone = [DATA_READER, LIBRARIES].map(name => [name, `${name}.ts`])
  const files = [...Object.entries(inputs), ...alone]
  const input = Object.fromEntries(
    files.map(([name, file]) => [name, path.join(root, 'src', file)]),
  )
  await write(input, outDir, {
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name].cjs',
    codeSplitting: {
      groups: [
        { name: 'base', test: isBase },
        { name: 'core', test: isCore },
        { name: 'commands', test: isCommand },
        { name: 'scan', test: isScan },
        { name: 'messages', test: isMessage },
        { name: 'text', test: isTextReport },
        { name: 'project', test: isProject },
      ],
      includeDependenciesRecursively: false,
    },
  })
  const from = path.join(root, path.dirname(`src/${DATA_READER}`))
  const to = path.join(outDir, path.dirname(DATA_READER))
  const entries = readdirSync(from, { withFileTypes: true })
  for (const { name } of entries.filter(entry => entry.isFile() && !entry.name.endsWith('.ts')))
    if (!name.endsWith('.jsonl')) copyFileSync(path.join(from, name), path.join(to, name))
    else writeFileSync(path.join(to, name), escapeAll(readFileSync(path.join(from, name), 'utf8')))
}

/** One module of src/, and what it imports, as an ES module of its own. */
export async function bundleAlone(file, outFile) {
  const { dir, base } = path.parse(outFile)
  const input = path.join(root, 'src', file)
  await write(input, dir, { format: 'es', entryFileNames: base, codeSplitting: false })
}

async function write(input, outDir, output) {
  const { rolldown } = await import('rolldown')
  const build = await rolldown({
    input,
    platform: 'node',
    external: /^(?:node:|[a-z@])/,
    preserveEntrySignatures: 'allow-extension',
  })
  // Comments stand in the declarations, and in the source.
  const { output: chunks } = await build.generate({ ...output, comments: false })
  for (const { fileName, code } of chunks) {
    const file = path.join(outDir, fileName)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, escapeAll(code))
    // Where the program runs from code that is kept, it would fail.
    if (/\bimport\(/.test(code) && !fileName.startsWith(LIBRARIES))
      throw new Error(`${fileName}: import() belongs into ${LIBRARIES}.ts`)
  }
}

/** V8 reads what is ASCII sooner, and keeps it in half the memory. */
function escapeAll(text) {
  return text.replace(
    /[^\0-\x7f]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** What all others stand on. */
function isBase(id) {
  return BASE.has(roomsOf(id)[0]) || LIGHT.test(id)
}

/** Few files load sooner than many: what every check needs is one, what only some commands need another. */
function isCore(id) {
  const [room] = roomsOf(id)
  const isApart = LAZY.test(id) || isScan(id) || isMessage(id) || isProject(id) || isAlone(id)
  return !APART.has(room) && !isApart && !isBase(id)
}

/** What several commands share; what one alone needs is its own. */
function isCommand(id) {
  const [room, name] = roomsOf(id)
  return room === 'cli' && !AT_START.has(name) && !OWN.has(name)
}

/** What a check never needs. */
function isScan(id) {
  const [room, name] = roomsOf(id)
  const isWire = /wire.(?:glance|(?:names.)?ssl2)\.ts$/.test(id)
  return isWire || room === 'scan' || room === 'weaknesses' || `${room}/${name}` === 'judge/scanned'
}

/** What `explain` alone needs. */
function isMessage(id) {
  const [room] = roomsOf(id)
  return room === 'dialect' || room === 'dialects' || room === 'causes'
}

function isTextReport(id) {
  const [room, name] = roomsOf(id)
  return room === 'reports' && name === 'text'
}

function isProject(id) {
  const [room, name] = roomsOf(id)
  return !isBase(id) && (PROJECT.has(room) || `${room}/${name}` === 'judge/project')
}

function isAlone(id) {
  return [DATA_READER, LIBRARIES].some(name => id === path.join(root, 'src', `${name}.ts`))
}

function roomsOf(id) {
  return path.relative(path.join(root, 'src'), id).split(/[\\/.]/)
}

const BASE = new Set(['fault-words', 'errors', 'nearest', 'text', 'version'])
const APART = new Set(['', 'cli', 'index', 'messengers', 'miniprogram', 'reports', ...BASE])
/** Read before the command is known, or apart from all else. */
const LIGHT = /(?:connect.(?:proxy|target)|miniprogram.rule-set|starttls.index)\.ts$/
/** Loaded where it is asked for: other ways to a server, other hellos, what is asked by HTTP, and what makes certificates. */
const LAZY = new RegExp(
  [
    'src.(?:capture|starttls)[\\\\/]',
    'connect.(?:await-hello|http-proxy|secure|socks5|tunnel|way)',
    'families.own-client',
    'observe.(?:body|frames|get|inbox|referers|route|upgrade|visit|web)',
    'wire.(?:fingerprint|parse-client-hello|replay-hello)',
    'x509.(?:issue|issue-ocsp|signing-key)',
  ]
    .map(part => `(?:${part})`)
    .join('|'),
)
/** What the command line needs before it knows the command. */
const AT_START = new Set(
  'program commands exit host invocation language options outlet settings terminal usage values write-file'.split(
    ' ',
  ),
)

/** What one command alone needs. */
const OWN = new Set(
  'capture client-certificate columns completion config demo explain explain-message explanation import-source man platforms proof rules scan schema show stores stores-update'.split(
    ' ',
  ),
)
/** Of Mini Programs, and what knows all rules. */
const PROJECT = new Set(['miniprogram', 'project-rule', 'project-rules', 'result', 'rule-book'])

const requireFile = createRequire(import.meta.url)
let calls = 0

/** The modules of these files below src/, in their order. */
export async function importSources(...files) {
  const outDir = path.join(root, 'node_modules/.cache', `mpcert-${process.pid}-${++calls}`)
  const names = files.map(file => `entries/${file.replace(/\.ts$/, '')}`)
  process.once('exit', () => rmSync(outDir, { recursive: true, force: true }))
  await bundle(Object.fromEntries(files.map((file, index) => [names[index], file])), outDir)
  return names.map(name => requireFile(path.join(outDir, `${name}.cjs`)))
}
