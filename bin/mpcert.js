#!/usr/bin/env node
import { loadProgram } from '../dist/cli/start.js'

const { run } = loadProgram(process)
process.exit(await run(process.argv.slice(2), process))
