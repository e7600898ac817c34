import { Command } from 'commander'
import { finish } from '@shared/theory/stepwise'
import type { VerifyReport } from '@shared/protocol/session-care'
import { verifyFile } from '../../session/care/verify-file'
import { appVersion } from '../../version'
import { exitCodes } from '../failure'
import { describeFinding, formatBytes } from '../session-report'
import { writeJson, writeLines, writeTable } from '../output'

/** tangent verify SESSION */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('hold everything in a session against what it must be; changes nothing')
    .argument('<session>', 'a .tangent file')
    .option('--json', 'the report as JSON')
    .addHelpText(
      'after',
      `
Checks the structure of the file, references between rows, every array against its checksum and every
JSON column against its schema. Exit code 0: all is sound; 1: something is not.

Example:
  tangent verify work.tangent`
    )
    .action((path: string, { json }: { json?: boolean }) => {
      const report = finish(verifyFile(path, appVersion))
      if (json) writeJson(report)
      else write(path, report)
      process.exitCode = report.isSound ? exitCodes.done : exitCodes.failed
    })
}

function write(path: string, { isSound, format, rows, arrayBytes, findings }: VerifyReport): void {
  if (format !== null) {
    writeTable(
      ['table', 'rows'],
      Object.entries(rows).map(([table, count]) => [table, String(count)])
    )
    writeLines('', `format ${format}, ${formatBytes(arrayBytes)} of arrays`)
  }
  if (isSound) {
    writeLines(`${path} is sound`)
    return
  }
  writeLines(
    ...findings.map(describeFinding),
    `${path} is not sound. Restore its backup with "tangent restore", or save what is sound with "tangent repair".`
  )
}
