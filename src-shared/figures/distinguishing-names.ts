import { formatCount } from './numbers'

/** What an ensemble may be called by. */
interface Named {
  readonly runName: string
  readonly width: number
  readonly conditionLabel: string
  readonly step?: number
  readonly seed?: number
}

/** What tells ensembles apart: only what is not the same of all, numbered where nothing is. */
export function distinguishingNames(views: readonly Named[]): string[] {
  const parts: ((view: Named) => string)[] = [
    ({ runName }) => runName,
    ({ width }) => `width ${formatCount(width)}`,
    ({ conditionLabel }) => conditionLabel,
    ({ seed }) => (seed === undefined ? '' : `seed ${seed}`),
    ({ step }) => (step === undefined ? '' : `step ${formatCount(step)}`)
  ]
  const telling = parts.filter((part) => new Set(views.map(part)).size > 1)
  const names = views.map((view) =>
    (telling.length > 0 ? telling : parts.slice(0, 2))
      .map((part) => part(view))
      .filter((part) => part !== '')
      .join(', ')
  )
  return names.map((name, i) =>
    names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${i + 1})`
  )
}
