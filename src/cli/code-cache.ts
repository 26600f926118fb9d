/** Runs CommonJS files with the code that V8 made of them in an earlier run: to compile a program can take longer than to run it. */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import path from 'node:path'
import { Script } from 'node:vm'

interface Compiled {
  readonly name: string
  readonly source: Uint8Array
  readonly script: Script
}

type Wrapper = (
  this: unknown,
  exports: unknown,
  require: (id: string) => unknown,
  module: { exports: unknown },
  filename: string,
  dirname: string,
) => void

const DIGEST_LENGTH = 32

/**
 * `folder` holds one file for each module: the SHA-256 of its source and of what follows, then V8's code. What does not
 * fit, or is not the user's own, counts for nothing: code from there runs as if it were the program's.
 */
export class CodeCache {
  private readonly folder: string | null
  private readonly apart: ReadonlySet<string>
  private readonly modules = new Map<string, { exports: unknown }>()
  private readonly fresh: Compiled[] = []
  /** V8's version and flags, where something is compiled anew: under others it would refuse the code. */
  private flags: number | null = null

  /** `apart`: files that Node runs itself, for in kept code import() does not work. */
  constructor(folder: string | null, apart: readonly string[] = []) {
    this.apart = new Set(apart)
    this.folder = folder !== null && isOwn(folder) ? folder : null
  }

  /** The exports of a file, and of all that it requires: files like it, and what is built into Node. */
  load(file: string): unknown {
    const known = this.modules.get(file)
    if (known) return known.exports
    const module = { exports: {} }
    this.modules.set(file, module)
    const beside = createRequire(file)
    const require = (id: string) => {
      const found = isBuiltin(id) ? null : beside.resolve(id)
      return found === null || this.apart.has(found) ? beside(id) : this.load(found)
    }
    const run = this.compile(file).runInThisContext() as Wrapper
    run.call(module.exports, module.exports, require, module, file, path.dirname(file))
    return module.exports
  }

  /** Keeps the code of what was compiled anew, functions included that have run by now. */
  save(): void {
    const { folder } = this
    if (folder === null || this.fresh.length === 0 || flagsOfV8() !== this.flags) return
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      for (const { name, source, script } of this.fresh) {
        const code = script.createCachedData()
        const file = path.join(folder, name)
        const temporary = `${file}.${process.pid}.tmp`
        writeFileSync(temporary, Buffer.concat([digest(source, code), code]))
        renameSync(temporary, file)
      }
    } catch {
      // A full disk, a folder that cannot be written: the next run compiles again, and is right all the same.
    }
  }

  private compile(file: string): Script {
    const source = readFileSync(file)
    const name = nameOf(file)
    const cachedData = this.read(name, source)
    const script = new Script(
      `(function (exports, require, module, __filename, __dirname) {${source}\n})`,
      cachedData ? { filename: file, cachedData } : { filename: file },
    )
    if (this.folder !== null && (!cachedData || script.cachedDataRejected)) {
      this.flags ??= flagsOfV8()
      this.fresh.push({ name, source, script })
    }
    return script
  }

  private read(name: string, source: Uint8Array): Buffer | null {
    if (this.folder === null) return null
    try {
      const kept = readFileSync(path.join(this.folder, name))
      const code = kept.subarray(DIGEST_LENGTH)
      return digest(source, code).equals(kept.subarray(0, DIGEST_LENGTH)) ? code : null
    } catch {
      // Not there yet, or not to be read: both mean to compile.
      return null
    }
  }
}

/** Loaded late: a run that finds all it needs can do without. */
function flagsOfV8(): number {
  return process.getBuiltinModule('node:v8').cachedDataVersionTag()
}

function digest(source: Uint8Array, code: Uint8Array): Buffer {
  return createHash('sha256').update(source).update(code).digest()
}

/** Of a file name, and of the two folders it stands in, for packages have much the same names in them. */
function nameOf(file: string): string {
  return file.split(path.sep).slice(-3).join('-')
}

/** On Windows each user's folders are closed to the others. */
function isOwn(folder: string): boolean {
  try {
    const { uid, mode } = statSync(folder)
    const isClosed = (mode & 0o022) === 0
    return process.getuid === undefined || (uid === process.getuid() && isClosed)
  } catch {
    // It is made when there is something to keep.
    return true
  }
}
