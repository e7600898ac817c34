import { Command } from 'commander'
import { openSession } from '../../session/session'
import { appVersion } from '../../version'
import { requireSession } from '../input'
import { writeLines } from '../output'
import { formatBytes } from '../session-report'

/** tangent compact SESSION */
export function compactCommand(): Command {
  return new Command('compact')
    .description('give the space of what was removed from a session back to the disk')
    .argument('<session>', 'a .tangent file')
    .addHelpText('after', '\nExample:\n  tangent compact work.tangent')
    .action((path: string) => {
      requireSession(path)
      const session = openSession(path, { appVersion })
      try {
        const { bytesBefore, bytesAfter } = session.compact()
        writeLines(`${path}: ${formatBytes(bytesBefore)} before, ${formatBytes(bytesAfter)} now`)
      } finally {
        session.close()
      }
    })
}
