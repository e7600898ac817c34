import { Command } from 'commander'
import { appVersion } from '../version'
import { doctorCommand } from './commands/doctor'
import { empiricalCommand } from './commands/empirical'
import { kernelCommand } from './commands/kernel'
import { listCommand } from './commands/list'
import { runCommand } from './commands/run'
import { showCommand } from './commands/show'
import { exitCodes, reportFailure } from './failure'

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
  tangent list work.tangent
  tangent show work.tangent latest --json
  tangent kernel spec.json > kernels.json
  tangent empirical network.json > network-kernels.json
  tangent doctor

Data go to standard output, progress and messages to standard error.
Exit codes: 0 done, 1 failed, 2 wrong use or invalid input, 130 stopped by Ctrl-C.`
  )

for (const command of [
  runCommand,
  listCommand,
  showCommand,
  kernelCommand,
  empiricalCommand,
  doctorCommand
]) {
  program.addCommand(command().exitOverride())
}

try {
  // Arguments start at the same place in Node and in Electron's Node, which commander would guess at.
  await program.parseAsync(process.argv.slice(2), { from: 'user' })
} catch (error) {
  process.exitCode = reportFailure(error)
}
