import type { Experiment } from '@shared/design/experiment'
import { expandSweep, sweepAxesSchema, sweepGroup, type SweepAxis } from '@shared/design/sweep'
import { parseSweepValues } from '@shared/design/sweep-values'
import { describeProblems } from '@shared/protocol/errors'
import { messageOf } from './format'

/** One axis of a sweep as the form holds it. */
export interface AxisDraft {
  readonly parameter: string
  /** As people write lists of values. */
  readonly values: string
}

/** What the axes of a form amount to with a template. */
export interface SweepCheck {
  /** null where something is wrong or missing. */
  readonly axes: SweepAxis[] | null
  /** How many runs it makes. */
  readonly runs: number
  /** What the runs are filed under unless the user says otherwise. */
  readonly group: string
  /** What is wrong with the values of each axis; null where nothing is. */
  readonly valueProblems: readonly (string | null)[]
  /** What is wrong with the sweep as a whole. */
  readonly problem: string | null
}

/** Checks a sweep as the engine does. */
export function checkSweep(template: Experiment, drafts: readonly AxisDraft[]): SweepCheck {
  const nothing = { axes: null, runs: 0, group: '', problem: null }
  const valueProblems: (string | null)[] = []
  const stated = drafts.map(({ parameter, values }) => {
    if (values.trim() === '') {
      valueProblems.push(null)
      return null
    }
    try {
      const parsed = parseSweepValues(values)
      valueProblems.push(null)
      return { parameter, values: parsed }
    } catch (error) {
      valueProblems.push(messageOf(error))
      return null
    }
  })
  if (stated.includes(null)) return { ...nothing, valueProblems }
  const axes = sweepAxesSchema.safeParse(stated)
  if (!axes.success) {
    return { ...nothing, valueProblems, problem: describeProblems(axes.error) }
  }
  try {
    const points = expandSweep(template, axes.data)
    const group = sweepGroup(template, axes.data)
    return { axes: axes.data, runs: points.length, group, valueProblems, problem: null }
  } catch (error) {
    return { ...nothing, valueProblems, problem: messageOf(error) }
  }
}
