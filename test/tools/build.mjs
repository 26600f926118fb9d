// Builds dist/: declarations by the TypeScript compiler, code by a bundler, for a command loads a dozen files sooner
// than three hundred. Where TypeScript is absent (an install without development dependencies) there is nothing to do.
import { spawnSync } from 'node:child_process'
import {
  createWriteStream,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { bundle, bundleAlone, importSources, root } from './bundle.mjs'

const requireFile = createRequire(import.meta.url)
const [outDir = path.join(root, 'dist')] = process.argv.slice(2)
const compiler = findCompiler()
if (compiler && existsSync(path.join(root, 'src'))) {
  rmSync(outDir, { recursive: true, force: true })
  const flags = ['-p', root, '--outDir', outDir, '--emitDeclarationOnly']
  const { status } = spawnSync(process.execPath, [compiler, ...flags], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
  keepPublicTypes(path.join(outDir, 'index.d.ts'))
  await bundle({ library: 'index.ts', 'cli/program': 'cli/program.ts' }, outDir)
  await bundleAlone('cli/start.ts', path.join(outDir, 'cli/start.js'))
  writeIndex(path.join(outDir, 'index.js'))
  await writeSchema(path.join(outDir, 'config.schema.json'))
  const [{ manPage }] = await importSources('cli/man.ts')
  writeFileSync(path.join(outDir, 'mpcert.1'), manPage())
}

/** Declarations that the library's own do not lead to are of no use to anybody. */
function keepPublicTypes(entry) {
  const kept = new Set([entry])
  for (const file of kept)
    for (const [, from] of readFileSync(file, 'utf8').matchAll(/(?:from |import\()['"](\.[^'"]+)/g))
      kept.add(path.join(path.dirname(file), from.replace(/\.[jt]s$/, '.d.ts')))
  for (const name of readdirSync(outDir, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(outDir, name)
    if (file.endsWith('.d.ts') && !kept.has(file)) rmSync(file)
  }
}

/** The library's own file: an ES module, as the package says. */
function writeIndex(file) {
  const names = Object.keys(requireFile(path.join(outDir, 'library.cjs')))
  writeFileSync(file, `export { ${names.join(', ')} } from './library.cjs'\n`)
}

/** For editors: what the program itself says. */
async function writeSchema(file) {
  const { run } = requireFile(path.join(outDir, 'cli/program.cjs'))
  const { stdin, stderr, platform } = process
  const stdout = createWriteStream(file)
  const ignore = () => undefined
  const host = {
    stdin,
    stdout,
    stderr,
    platform,
    env: {},
    cwd: () => root,
    on: ignore,
    off: ignore,
  }
  process.exitCode = await run(['schema', 'config'], host)
  stdout.end()
}

function findCompiler() {
  try {
    const manifest = requireFile.resolve('typescript/package.json')
    return path.join(path.dirname(manifest), 'bin', 'tsc')
  } catch {
    return null
  }
}
