import { kernelError, kernelErrorScaling } from '@shared/comparison/kernel-error'
import { fitPowerLaw } from '@shared/comparison/power-law'
import type { Experiment } from '@shared/design/experiment'
import type { RunDetail } from '@shared/protocol/results'
import type { Finding } from '@shared/studies/finding'
import type { StudyContent, StudyTable } from '@shared/studies/study-report'
import { exponentFinding } from './exponent-finding'
import { analyticKernel, networkKernels, type NetworkKernels } from './network-kernels'
import type { StudyPart, StudyTools } from './study-analysis'

/** A part that trains networks and holds their kernels against the analytic one. */
interface NetworkKernelsPart extends Pick<StudyPart, 'id' | 'title' | 'weight'> {
  /** Records kernels. */
  readonly experiment: Experiment
  /** "NTK" or "SG-NTK". */
  readonly kernelName: string
  /** Whether these widths are held to theory's rate at which training changes kernels less and less. */
  readonly expectsConstancy: boolean
}

type Row = StudyTable['rows'][number]

/**
 * Kernels of finite networks before and after training against the analytic one: how their errors fall
 * with width, and how little training changes wide networks' kernels.
 */
export function networkKernelsPart({ experiment, ...part }: NetworkKernelsPart): StudyPart {
  return {
    ...{ id: part.id, title: part.title, weight: part.weight },
    compute: async (tools) => {
      const run = await tools.trained(experiment)
      return kernelContent(tools, run, part)
    }
  }
}

function kernelContent(
  tools: StudyTools,
  run: RunDetail,
  { id, kernelName, expectsConstancy }: Omit<NetworkKernelsPart, 'experiment'>
): Partial<StudyContent> {
  const found: Finding[] = []
  const rows: Row[] = []
  const changes: Row[] = []
  for (const [condition, ensembles] of byCondition(networkKernels(tools, run))) {
    const { values: reference } = analyticKernel(tools, run, condition)
    const meanSquare = reference.reduce((sum, value) => sum + value * value, 0) / reference.length
    const label = ensembles[0]?.conditionLabel ?? ''
    const suffix = label === '' ? '' : `, ${label}`
    const key = `${id}-${condition}`
    const steps = ensembles[0]?.steps.map(({ step }) => step) ?? []
    for (const [s, step] of steps.entries()) {
      const atStep = ensembles.map(({ width, steps: recorded }) => ({
        width,
        kernels: recorded[s]?.kernels ?? new Float32Array()
      }))
      for (const ensemble of atStep) {
        const { width, perNetwork, ofMean, ofExpectation } = kernelError(ensemble, reference)
        const mse = average(perNetwork.map((error) => error * error * meanSquare))
        rows.push([label, step, width, average(perNetwork), ofMean, ofExpectation, mse])
      }
      const { perNetwork, ofMean } = kernelErrorScaling(atStep, reference, run.seed)
      found.push(
        ...exponentFinding(perNetwork, {
          id: `${key}-network-error-exponent-step-${step}`,
          label: `error of single networks’ ${kernelName} falls as width^(−p), step ${step}${suffix}: p`,
          ...(s === 0 && {
            expectation: { low: 0.5, high: 0.5, reason: 'the scatter of a sum over n units' }
          })
        }),
        ...exponentFinding(ofMean, {
          id: `${key}-mean-error-exponent-step-${step}`,
          label: `error of the mean ${kernelName} falls as width^(−p), step ${step}${suffix}: p`,
          ...(s === 0 && {
            expectation: { low: 0.5, high: 1, reason: 'scatter n^(−1/2), bias n^(−1)' }
          })
        })
      )
    }
    if (steps.length < 2) continue
    const drift = ensembles.flatMap(({ width, members, steps: recorded }) => {
      const values = changesOf(recorded, members)
      changes.push([label, width, average(values), deviation(values) / Math.sqrt(values.length)])
      return values.map((value) => ({ width, value }))
    })
    found.push(
      ...exponentFinding(fitPowerLaw(drift), {
        id: `${key}-change-exponent`,
        label: `change of single networks’ ${kernelName} in training falls as width^(−p)${suffix}: p`,
        ...(expectsConstancy && {
          expectation: {
            ...{ low: 0.5, high: 1 },
            reason: 'between Jacot et al.’s bound n^(−1/2) and Huang & Yau’s rate n^(−1)'
          }
        })
      })
    )
  }
  return {
    runIds: [run.id],
    findings: found,
    tables: [
      {
        id: `${id}-errors`,
        title: `${kernelName} of networks against the analytic one, test × training points, ‖Θ − K‖/‖K‖`,
        columns: [
          ...['condition', 'step', 'width', 'of a network', 'of the mean', 'of infinitely many'],
          'mean squared error of a network'
        ],
        rows
      },
      {
        id: `${id}-changes`,
        title: `Change of the networks’ ${kernelName} in training, ‖Θ_end − Θ_0‖/‖Θ_0‖`,
        columns: ['condition', 'width', 'mean over networks', 'standard error'],
        rows: changes
      }
    ]
  }
}

function byCondition(kernels: readonly NetworkKernels[]): Map<number, NetworkKernels[]> {
  const groups = new Map<number, NetworkKernels[]>()
  for (const one of kernels) {
    groups.set(one.conditionIndex, [...(groups.get(one.conditionIndex) ?? []), one])
  }
  return groups
}

/** ‖Θ_end − Θ_0‖/‖Θ_0‖ of every network. */
function changesOf(steps: NetworkKernels['steps'], members: number): number[] {
  const [first, last] = [steps.at(0)?.kernels, steps.at(-1)?.kernels]
  if (!first || !last) return []
  const entries = first.length / members
  return Array.from({ length: members }, (_, member) => {
    let [change, size] = [0, 0]
    for (let at = member * entries; at < (member + 1) * entries; at++) {
      const before = first[at] ?? NaN
      change += ((last[at] ?? NaN) - before) ** 2
      size += before ** 2
    }
    return Math.sqrt(change / size)
  })
}

function average(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length
}

function deviation(values: readonly number[]): number {
  const centre = average(values)
  const squares = values.reduce((total, value) => total + (value - centre) ** 2, 0)
  return Math.sqrt(squares / (values.length - 1))
}
