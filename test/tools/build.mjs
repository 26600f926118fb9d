// Builds dist/: declarations by the TypeScript compiler, code by a bundler, for a command loads a dozen files sooner
// than three hundred. Where TypeScript is absent (an install without development dependencies) there is nothing to do.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { bundle, importSources, root } from './bundle.mjs'

const [outDir = path.join(root, 'dist')] = process.argv.slice(2)
const compiler = findCompiler()
if (compiler && existsSync(path.join(root, 'src'))) {
  rmSync(outDir, { recursive: true, force: true })
  const flags = ['-p', root, '--outDir', outDir, '--emitDeclarationOnly']
  const { status } = spawnSync(process.execPath, [compiler, ...flags], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
  await bundle({ index: 'index.ts', 'cli/program': 'cli/program.ts' }, outDir)
  const [{ configSchema }] = await importSources('miniprogram/config.ts')
  const schema = `${JSON.stringify(configSchema, null, 2)}\n`
  writeFileSync(path.join(outDir, 'config.schema.json'), schema)
}

function findCompiler() {
  try {
    const manifest = createRequire(import.meta.url).resolve('typescript/package.json')
    return path.join(path.dirname(manifest), 'bin', 'tsc')
  } catch {
    return null
  }
}
