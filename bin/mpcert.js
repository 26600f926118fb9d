#!/usr/bin/env node
import { run } from '../dist/cli/program.js'

process.exit(await run(process.argv.slice(2), process))
