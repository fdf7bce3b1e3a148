import { lab } from './lab.ts'

process.exitCode = await lab(process.argv.slice(2))
