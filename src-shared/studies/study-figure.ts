import type { Plot } from '../figures/plot'

/** A figure of a study. */
export interface StudyFigure {
  readonly id: string
  /** What it shows, for those who read it in a paper. */
  readonly caption: string
  readonly plot: Plot
}
