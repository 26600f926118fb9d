/** Carries out the instructions of a Dockerfile without an engine: each stage is a folder, its absolute paths lie in that folder. */
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** What runs in the last stage. */
export interface Image {
  readonly folder: string
  readonly workdir: string
  readonly user: string
  readonly entrypoint: readonly string[]
  /** Where programs are found, its own first. */
  readonly env: Readonly<Record<string, string>>
}

interface Stage {
  readonly folder: string
  workdir: string
  user: string
  entrypoint: readonly string[]
}

/** Whom the image's own user is on this machine, where it can be somebody else than we are. */
export const NOBODY = 65_534

/**
 * `base` prepares a stage as the image named by FROM would. @throws on an instruction it does not know, and on a step
 * that fails
 */
export function build(
  {
    file,
    context,
    into,
  }: { readonly file: string; readonly context: string; readonly into: string },
  base: (image: string, folder: string) => void,
): Image {
  const stages = new Map<string, Stage>()
  let stage: Stage | undefined
  for (const { keyword, rest } of instructions(readFileSync(file, 'utf8'))) {
    if (keyword === 'FROM') {
      const [, image = '', name = String(stages.size)] = /^(\S+)(?: AS (\S+))?$/.exec(rest) ?? []
      const folder = path.join(into, name)
      mkdirSync(folder, { recursive: true })
      base(image, folder)
      stage = { folder, workdir: '/', user: 'root', entrypoint: [] }
      stages.set(name, stage)
    } else if (stage) carryOut(stage, { keyword, rest }, { stages, context })
  }
  if (!stage) throw new Error(`${file} has no FROM`)
  return { ...stage, env: envOf(stage) }
}

interface Instruction {
  readonly keyword: string
  readonly rest: string
}

function instructions(text: string): readonly Instruction[] {
  return text
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => {
      const [, keyword = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? []
      return { keyword, rest }
    })
}

function carryOut(
  stage: Stage,
  { keyword, rest }: Instruction,
  { stages, context }: { readonly stages: ReadonlyMap<string, Stage>; readonly context: string },
): void {
  const inside = (file: string) => path.join(stage.folder, path.posix.resolve(stage.workdir, file))
  switch (keyword) {
    case 'WORKDIR':
      stage.workdir = path.posix.resolve(stage.workdir, rest)
      mkdirSync(inside('.'), { recursive: true })
      return
    case 'COPY': {
      const [, name, from = '', to = ''] = /^(?:--from=(\S+) )?(\S+) (\S+)$/.exec(rest) ?? []
      const source = name === undefined ? context : stages.get(name)?.folder
      if (source === undefined) throw new Error(`COPY ${rest}: no stage ${name}`)
      copy(path.join(source, from), inside(to))
      return
    }
    case 'RUN':
      execFileSync('sh', ['-ec', rest.replace(/(?<=[\s=])\/(?=[a-z])/g, `${stage.folder}/`)], {
        cwd: inside('.'),
        env: envOf(stage),
        stdio: ['ignore', 'pipe', 'pipe'],
        maxBuffer: 64 << 20,
      })
      return
    case 'USER':
      stage.user = rest
      return
    case 'ENTRYPOINT':
      stage.entrypoint = JSON.parse(rest) as readonly string[]
      return
    default:
      throw new Error(`${keyword} ${rest}: not known here`)
  }
}

/** Without what the .dockerignore there names. */
function copy(from: string, to: string): void {
  const list = path.join(from, '.dockerignore')
  const ignored = existsSync(list) ? readFileSync(list, 'utf8').split('\n').filter(Boolean) : []
  cpSync(from, to, {
    recursive: true,
    filter: file => !ignored.includes(path.relative(from, file)),
  })
}

/** Nothing of this machine's but Node, npm, and where npm finds packages. */
function envOf({ folder }: Stage): Readonly<Record<string, string>> {
  const own = path.join(folder, 'usr/local')
  return {
    PATH: [path.join(own, 'bin'), path.dirname(process.execPath), process.env['PATH']].join(':'),
    HOME: path.join(folder, 'root'),
    npm_config_prefix: own,
    npm_config_userconfig: npmSetting('userconfig'),
    npm_config_globalconfig: npmSetting('globalconfig'),
  }
}

function npmSetting(name: string): string {
  return execFileSync('npm', ['config', 'get', name], { encoding: 'utf8' }).trim()
}

/** The home of an image's user; ours is NOBODY, where we may choose. */
export function makeHome(folder: string, user: string): void {
  const home = path.join(folder, 'home', user)
  mkdirSync(home, { recursive: true })
  chmodSync(folder, 0o755)
  if (process.getuid?.() === 0) chownSync(home, NOBODY, NOBODY)
}
