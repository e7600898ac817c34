import { presetSchema, type Preset } from '@shared/design/preset'
import type { Bridge, EngineState } from '@shared/protocol/bridge'
import { EngineClient } from '@shared/protocol/engine-client'
import type { Channel } from '@shared/protocol/channels'
import type { RunSummary } from '@shared/protocol/results'
import figure2 from '../../resources/presets/figure-2-erf.json'
import quick from '../../resources/presets/quick.json'

export const presets: Preset[] = [quick, figure2].map((preset) => presetSchema.parse(preset))
export const quickExperiment = presets[0]!.experiment

/** A main process that records what it is asked. */
export function fakeBridge() {
  const asked: string[] = []
  let listener: (state: EngineState) => void = () => undefined
  const bridge: Bridge = {
    invoke: (channel) => {
      asked.push(channel)
      return Promise.resolve(null as never)
    },
    onEngineState: (given) => {
      listener = given
      return () => {
        listener = () => undefined
      }
    },
    onCommand: () => () => undefined
  }
  const engineState = (state: EngineState) => {
    listener(state)
  }
  return { bridge, asked, engineState }
}

/** An engine that answers from a table; channels that it lacks are never answered. */
export function fakeClient(answers: Partial<Record<Channel, (payload: never) => unknown>>) {
  const requests: { channel: Channel; payload: unknown }[] = []
  const client = new EngineClient(({ id, channel, payload }) => {
    requests.push({ channel, payload })
    const answer = answers[channel]
    if (!answer) return
    queueMicrotask(() => {
      client.receive({ type: 'result', id, payload: answer(payload as never) })
    })
  })
  return { client, requests }
}

export const agreement = {
  rmse: 0.031,
  rmsZ: 1.04,
  maxAbsZ: 2.7,
  rmsZDeviation: 1.1,
  meanInBand: 1,
  membersInBand: 0.948,
  rmseNngp: null
}

/** A run as the list knows it. */
export function runSummary(changes: Partial<RunSummary> = {}): RunSummary {
  return {
    id: 'run-1',
    name: 'Quick',
    ...{ note: '', group: null, tags: [], archived: false },
    status: 'completed',
    seed: 1,
    createdAt: '2026-11-24T03:00:00.000Z',
    finishedAt: '2026-11-24T03:00:31.000Z',
    wallTimeMs: 31_000,
    problem: null,
    ensembles: [
      {
        ...{ index: 0, width: 128, conditionLabel: '', agreement, finalLoss: 0.012 },
        ...{ trainingMs: 30_000, flops: 1e12 }
      }
    ],
    ...changes
  }
}
