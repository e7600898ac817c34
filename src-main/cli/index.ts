import { Command } from 'commander'
import { appVersion } from '../version'
import { exitCodes, reportFailure } from './failure'

/** Every command, in the order of the help; only what is asked for is loaded. */
const commands: Record<string, () => Promise<Command>> = {
  run: async () => (await import('./commands/run')).runCommand(),
  resume: async () => (await import('./commands/resume')).resumeCommand(),
  list: async () => (await import('./commands/list')).listCommand(),
  show: async () => (await import('./commands/show')).showCommand(),
  export: async () => (await import('./commands/export')).exportCommand(),
  compare: async () => (await import('./commands/compare')).compareCommand(),
  tag: async () => (await import('./commands/tag')).tagCommand(),
  group: async () => (await import('./commands/group')).groupCommand(),
  note: async () => (await import('./commands/note')).noteCommand(),
  rename: async () => (await import('./commands/rename')).renameCommand(),
  archive: async () => (await import('./commands/archive')).archiveCommand(),
  delete: async () => (await import('./commands/delete')).deleteCommand(),
  import: async () => (await import('./commands/import')).importCommand(),
  data: async () => (await import('./commands/data')).dataCommand(),
  kernel: async () => (await import('./commands/kernel')).kernelCommand(),
  predict: async () => (await import('./commands/predict')).predictCommand(),
  classify: async () => (await import('./commands/classify')).classifyCommand(),
  empirical: async () => (await import('./commands/empirical')).empiricalCommand(),
  study: async () => (await import('./commands/study')).studyCommand(),
  verify: async () => (await import('./commands/verify')).verifyCommand(),
  repair: async () => (await import('./commands/repair')).repairCommand(),
  restore: async () => (await import('./commands/restore')).restoreCommand(),
  merge: async () => (await import('./commands/merge')).mergeCommand(),
  compact: async () => (await import('./commands/compact')).compactCommand(),
  doctor: async () => (await import('./commands/doctor')).doctorCommand()
}

const program = new Command('tangent')
  .description(
    'Tangent Lab: surrogate gradient learning and its tangent kernels, without a window.'
  )
  .version(appVersion)
  .showHelpAfterError('(tangent --help shows all commands)')
  .exitOverride((error) => {
    // commander has already said what is wrong; help and version are no errors.
    process.exit(error.exitCode === 0 ? 0 : exitCodes.usage)
  })
  .addHelpText(
    'after',
    `
Examples:
  tangent run quick --session first.tangent --export figures
  tangent run my-experiment.json --session work.tangent --seed 7
  tangent run quick --session work.tangent --sweep seed=1..5 --sweep surrogate.m=1,5,25
  tangent resume work.tangent
  tangent list work.tangent
  tangent list work.tangent --search "tag:paper width>=500" --sort -rmse
  tangent show work.tangent latest --json
  tangent export work.tangent latest --figures figures --data data
  tangent compare work.tangent --search tag:paper --group-by width
  tangent tag work.tangent latest --add paper
  tangent import measured.csv --session work.tangent --inputs a,b --targets c
  tangent data list work.tangent
  tangent kernel spec.json > kernels.json
  tangent empirical network.json > network-kernels.json
  tangent predict task.json > prediction.json
  tangent classify task.json > classes.json
  tangent study ill-posedness --session studies.tangent --export results
  tangent verify work.tangent
  tangent merge office.tangent cluster.tangent --into all.tangent
  tangent doctor

Data go to standard output, progress and messages to standard error.
Exit codes: 0 done, 1 failed, 2 wrong use or invalid input, 130 stopped by Ctrl-C.`
  )

// Who reads the output may have seen enough, as "tangent list lab.tangent | head" has: what else a
// command does, such as writing files, goes on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

const asked = process.argv[2] ?? ''
for (const name of Object.hasOwn(commands, asked) ? [asked] : Object.keys(commands)) {
  const command = await commands[name]?.()
  if (command) program.addCommand(command.exitOverride())
}

try {
  // Arguments start at the same place in Node and in Electron's Node, which commander would guess at.
  await program.parseAsync(process.argv.slice(2), { from: 'user' })
} catch (error) {
  process.exitCode = reportFailure(error)
}
