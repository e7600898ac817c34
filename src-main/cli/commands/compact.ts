import { Command } from 'commander'
import { writeLines } from '../output'
import { formatBytes } from '../session-report'
import { changeSession } from '../with-session'

/** tangent compact SESSION */
export function compactCommand(): Command {
  return new Command('compact')
    .description('give the space of what was removed from a session back to the disk')
    .argument('<session>', 'a .tangent file')
    .addHelpText('after', '\nExample:\n  tangent compact work.tangent')
    .action((path: string) => {
      const { bytesBefore, bytesAfter } = changeSession(path, (session) => session.compact())
      writeLines(`${path}: ${formatBytes(bytesBefore)} before, ${formatBytes(bytesAfter)} now`)
    })
}
