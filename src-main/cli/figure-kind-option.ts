import { InvalidArgumentError, type Command } from 'commander'
import { runFigureKinds } from '@shared/figures/figure-kinds'
import type { OfferedFigure } from '@shared/figures/figure-request'
import type { FigureKind } from '@shared/figures/figure-source'

/** The flag of withFigureKinds; left out for all kinds. */
export interface FigureKindFlag {
  readonly figureKinds?: readonly FigureKind[]
}

/** Adds the option that says which figures to draw. */
export function withFigureKinds(command: Command): Command {
  return command.option(
    '--figure-kinds <list>',
    `all that the run’s data allow, or of ${runFigureKinds.join(', ')} (default: all)`,
    kinds
  )
}

/** The wanted kinds that a run's data allow, and one line for each reason why not the others. */
export function allowedKinds(
  offers: readonly OfferedFigure[],
  { figureKinds }: FigureKindFlag
): { kinds: FigureKind[]; leftOut: string[] } {
  const wanted = offers.filter(({ source }) => figureKinds?.includes(source.kind) ?? true)
  const refused = wanted.filter(({ objection }) => objection !== null)
  const reasons = [...new Set(refused.map(({ objection }) => objection))]
  return {
    kinds: wanted.flatMap(({ source, objection }) => (objection === null ? [source.kind] : [])),
    leftOut: reasons.map((reason) => {
      const names = refused.flatMap(({ source, objection }) =>
        objection === reason ? [source.kind] : []
      )
      return `no ${names.join(', ')}: ${reason}`
    })
  }
}

function kinds(text: string): readonly FigureKind[] {
  if (text.trim() === 'all') return runFigureKinds
  return text.split(',').map((name) => {
    const kind = runFigureKinds.find((one) => one === name.trim())
    if (kind) return kind
    throw new InvalidArgumentError(`“${name}” is none of all, ${runFigureKinds.join(', ')}.`)
  })
}
