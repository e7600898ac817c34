import type { Draft } from '../../state/draft'

/** What every part of the design's form is given. */
export interface DraftFieldsProps {
  readonly draft: Draft
  /** What is wrong, by where it is in the experiment. */
  readonly problems: ReadonlyMap<string, string>
  readonly onedit: (change: Partial<Draft>) => void
}
