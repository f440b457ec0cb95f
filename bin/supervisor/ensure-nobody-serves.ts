import { servingElsewhere } from './serving.ts'

// Exit code 1, and a sentence, while a process serves from this folder. Imports no package: none may be installed yet.
const other = servingElsewhere()
if (other) {
  console.error(`The packages are to be others, and process ${other} still serves from this folder: stop it first.`)
  process.exitCode = 1
}
