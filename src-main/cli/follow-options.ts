import { InvalidArgumentError, Option, type Command } from 'commander'
import { withFigureKinds } from './figure-kind-option'

const units: Readonly<Record<string, number>> = { '': 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12 }

/** Adds the options that the commands which compute a run have in common. */
export function withFollowOptions(command: Command): Command {
  return withFigureKinds(command)
    .option('--export <folder>', 'write the figures and a summary there')
    .addOption(
      new Option('--device <device>', 'compute there (default: a GPU where there is one)').choices([
        'cpu',
        'gpu'
      ])
    )
    .option(
      '--memory <size>',
      'what networks in training may take at most, such as 4GB (default: 512MiB)',
      parseSize
    )
    .option(
      '--checkpoint <seconds>',
      'how often to store what a run resumes from (default: 30)',
      parseSeconds
    )
    .option('--json', 'the finished run as JSON')
}

/** Bytes from such as 4GB, 512MiB or 1000000. */
export function parseSize(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([KMGT]?)(i?)B?$/i.exec(text.trim())
  const [, count = '', prefix = '', binary = ''] = match ?? []
  const unit = units[prefix.toUpperCase()] ?? NaN
  // Kibi is 1024 where kilo is 1000, and so on.
  const factor = binary ? 1024 ** Math.round(Math.log10(unit) / 3) : unit
  const bytes = Number(count) * factor
  if (match && bytes > 0) return bytes
  throw new InvalidArgumentError('a size is a number of bytes, such as 4GB or 512MiB.')
}

function parseSeconds(text: string): number {
  const seconds = Number(text)
  if (text.trim() !== '' && Number.isFinite(seconds) && seconds > 0) return seconds
  throw new InvalidArgumentError('seconds are a number above 0.')
}
