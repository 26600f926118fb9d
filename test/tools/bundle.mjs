// Bundles modules of src/: for dist/, and for scripts, since the oldest supported Node runs no TypeScript.
import { copyFileSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** The module that reads the data files stays a file of its own, so that they can stand beside it. */
const DATA_READER = 'stores/file'

/** `inputs` maps names below `outDir`, without extension, to files below src/. */
export async function bundle(inputs, outDir) {
  const { rolldown } = await import('rolldown')
  const files = Object.entries({ ...inputs, [DATA_READER]: `${DATA_READER}.ts` })
  const input = Object.fromEntries(
    files.map(([name, file]) => [name, path.join(root, 'src', file)]),
  )
  const build = await rolldown({
    input,
    platform: 'node',
    external: /^(?:node:|[a-z@])/,
    preserveEntrySignatures: 'allow-extension',
  })
  await build.write({
    dir: outDir,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    // They stand in the declarations, and in the source.
    comments: false,
    codeSplitting: {
      groups: [
        { name: 'core', test: isCore },
        { name: 'commands', test: isCommand },
        { name: 'scan', test: isScan },
        { name: 'messages', test: isMessage },
        { name: 'text', test: isTextReport },
        { name: 'miniprogram', test: isMiniprogram },
      ],
      includeDependenciesRecursively: false,
    },
  })
  const from = path.join(root, path.dirname(`src/${DATA_READER}`))
  const to = path.join(outDir, path.dirname(DATA_READER))
  const entries = readdirSync(from, { withFileTypes: true })
  for (const { name } of entries.filter(entry => entry.isFile() && !entry.name.endsWith('.ts')))
    copyFileSync(path.join(from, name), path.join(to, name))
}

/** Few files load sooner than many: what every check needs is one, what only some commands need another. */
function isCore(id) {
  const [room] = roomsOf(id)
  const isApart = LIGHT.test(id) || LAZY.test(id) || isScan(id) || isMessage(id)
  return !APART.has(room) && !isApart
}

function isCommand(id) {
  const [room, name] = roomsOf(id)
  return room === 'cli' && !AT_START.has(name) && name !== 'demo' && name !== 'man'
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

function isMiniprogram(id) {
  const [room] = roomsOf(id)
  return room === 'miniprogram' && !LIGHT.test(id)
}

function roomsOf(id) {
  return path.relative(path.join(root, 'src'), id).split(/[\\/.]/)
}

const APART = new Set([
  '',
  'cli',
  'errors',
  'index',
  'messengers',
  'miniprogram',
  'nearest',
  'reports',
  'text',
  'version',
])
/** Read before the command is known, or apart from all else. */
const LIGHT = /(?:connect.(?:proxy|target)|miniprogram.rule-set|starttls.index|stores.file)\.ts$/
/** Loaded where it is asked for: other ways to a server, other hellos, what is asked by HTTP, and what makes certificates. */
const LAZY = new RegExp(
  [
    'src.(?:capture|starttls).',
    'connect.(?:await-hello|http-proxy|secure|socks5|talk|tunnel|way)',
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

let calls = 0

/** The modules of these files below src/, in their order. */
export async function importSources(...files) {
  const outDir = path.join(root, 'node_modules/.cache', `mpcert-${process.pid}-${++calls}`)
  const names = files.map(file => `entries/${file.replace(/\.ts$/, '')}`)
  process.once('exit', () => rmSync(outDir, { recursive: true, force: true }))
  await bundle(Object.fromEntries(files.map((file, index) => [names[index], file])), outDir)
  return Promise.all(names.map(name => import(pathToFileURL(path.join(outDir, `${name}.js`)).href)))
}
