import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { finding } from '@shared/studies/finding'
import type { StudyContent } from '@shared/studies/study-report'
import type { StudyPart, StudyTools } from '../../src-main/engine/studies/study-analysis'
import type { Study } from '../../src-main/engine/studies/studies'
import { smallExperiment } from '../support/small-experiment'
import { studyBench } from '../support/run-study'

const short = smallExperiment({ widths: [16], steps: 10 })
const long = smallExperiment({ name: 'long', widths: [256], steps: 200_000 })

/** A study of these parts, of which each is named in `computed` when it is computed. */
function study(
  computed: string[],
  parts: Record<string, (tools: StudyTools) => Promise<Partial<StudyContent>>>
): Study {
  const made = Object.entries(parts).map(([id, compute]): StudyPart => ({
    ...{ id, title: id, weight: 1 },
    compute: (tools) => {
      computed.push(id)
      return compute(tools)
    }
  }))
  const sizes = { quick: {}, full: {} }
  return {
    definition: { id: 'test', title: '', about: '', claim: '', beyondPaper: false, sizes },
    analysis: { id: 'test', parts: () => made }
  }
}

const one = finding({ id: 'one', label: 'one', value: 1 })

test('a study trains ordinary runs, finds them again, and reports in the order of its parts', async () => {
  const bench = studyBench()
  const computed: string[] = []
  const report = await bench.run(
    study(computed, {
      train: async (tools) => ({ runIds: [(await tools.trained(short)).id] }),
      again: async (tools) => ({ runIds: [(await tools.trained(short)).id], findings: [one] })
    })
  )
  const runs = bench.session.listRuns()
  expect(runs.map(({ name, status }) => [name, status])).toEqual([['small', 'completed']])
  expect(report).toMatchObject({
    ...{ study: 'test', size: 'quick', status: 'completed' },
    content: { findings: [one], tables: [], runIds: [runs[0]?.id] }
  })
  expect(report.environment?.backend).toBe('tensorflow')
  expect(bench.events).toContain('study.progress')
})

test('a stopped study goes on with the part and the run that it was in', async () => {
  const bench = studyBench()
  const computed: string[] = []
  const stopped = study(computed, {
    done: () => Promise.resolve({ findings: [one] }),
    training: async (tools) => ({ runIds: [(await tools.trained(long)).id] })
  })
  const id = bench.control.start(bench.session, stopped, 'quick')
  while (!bench.events.includes('run.progress')) await wait(20)
  bench.control.cancel(id)
  await bench.runs.idle()
  expect(bench.session.studies.show(id)).toMatchObject({
    ...{ status: 'paused', problem: null },
    content: { findings: [one] }
  })
  expect(bench.session.listRuns().map(({ status }) => status)).toEqual(['paused'])

  expect(bench.control.start(bench.session, stopped, 'quick')).toBe(id)
  // Already waiting or running: asking once more changes nothing.
  expect(bench.control.start(bench.session, stopped, 'quick')).toBe(id)
  while (bench.session.listRuns()[0]?.status !== 'running') await wait(20)
  const [run] = bench.session.listRuns()
  // Stopping the run stops the study that it is part of.
  bench.runs.pause(bench.session, run?.id ?? '')
  await bench.runs.idle()
  expect(computed).toEqual(['done', 'training', 'training'])
  expect(bench.session.listRuns()).toHaveLength(1)
  expect(bench.session.studies.show(id).status).toBe('paused')
})

test('a study that fails says why and keeps what it has', async () => {
  const bench = studyBench()
  const unstable = smallExperiment({ name: 'unstable', learningRate: 1e6 })
  const failing = study([], {
    done: () => Promise.resolve({ findings: [one] }),
    training: async (tools) => ({ runIds: [(await tools.trained(unstable)).id] })
  })
  const id = bench.control.start(bench.session, failing, 'quick')
  await bench.runs.idle()
  const report = bench.session.studies.show(id)
  expect(report).toMatchObject({ status: 'failed', content: { findings: [one] } })
  expect(report.problem).toMatch(/run unstable failed: .*[Ll]ower the learning rate/)
})
