import type { Experiment } from '@shared/design/experiment'
import { expandSweep, sweepGroup, type SweepAxis, type SweepPoint } from '@shared/design/sweep'
import { LabError, transportedError } from '@shared/protocol/errors'
import { resumableStatuses, unfinishedStatuses, type Forecast } from '@shared/protocol/results'
import type { SweepForecast } from '@shared/protocol/sweeps'
import type { Session } from '../session/session'
import type { Handlers } from './handlers'
import type { RunControl, WantedRun } from './jobs/run-control'

/** The channels of sweeps: many runs from one template. */
export type SweepChannel = 'sweep.forecast' | 'sweep.start'

type ForecastOf = (experiment: Experiment) => Promise<Forecast>

/**
 * What answers these channels. A forecast that is under way gives way to a newer one.
 *
 * @param session the open one
 * @param forecast of a single run
 */
export function sweepHandlers(
  session: () => Session,
  runs: RunControl,
  forecast: ForecastOf
): Pick<Handlers, SweepChannel> {
  let newest = 0
  return {
    'sweep.forecast': async ({ experiment, axes }) => {
      const mine = ++newest
      const template = experiment as Experiment
      const points = expandSweep(template, axes)
      const forecasts: Forecast[] = []
      for (const point of points) {
        if (mine !== newest) return null
        forecasts.push(await forecastPoint(point, forecast))
      }
      return sweepForecast(template, axes, points, forecasts)
    },
    'sweep.start': async ({ experiment, axes, group, onlyMissing = false }) => {
      const template = experiment as Experiment
      const filedUnder = group === undefined ? sweepGroup(template, axes) : group
      const presentIds: string[] = []
      const wanted: WantedRun[] = []
      for (const point of expandSweep(template, axes)) {
        const find = (statuses: Parameters<Session['findRun']>[1]): string | null =>
          onlyMissing ? session().findRun(point.experiment, statuses) : null
        const unfinished = find(unfinishedStatuses)
        const isComing = unfinished !== null && runs.isQueued(unfinished)
        const present = find(['completed']) ?? (isComing ? unfinished : null)
        const stopped = find(resumableStatuses) ?? unfinished
        if (present !== null) presentIds.push(present)
        else if (stopped !== null) wanted.push({ runId: stopped })
        else {
          const { name } = point.experiment
          wanted.push({
            experiment: point.experiment,
            expected: await forecastPoint(point, forecast),
            labels: { name: `${point.label} – ${name}`.slice(0, 200), group: filedUnder }
          })
        }
      }
      return { runIds: runs.startAll(session(), wanted), presentIds }
    }
  }
}

/** @throws {LabError} what is wrong with one of the runs, and with which */
async function forecastPoint(
  { label, experiment }: SweepPoint,
  forecast: ForecastOf
): Promise<Forecast> {
  try {
    return await forecast(experiment)
  } catch (error) {
    if (!(error instanceof LabError)) throw error
    const { code, message } = transportedError(error)
    throw new LabError(code, `${label}: ${message}`, { cause: error })
  }
}

function sweepForecast(
  template: Experiment,
  axes: readonly SweepAxis[],
  points: readonly SweepPoint[],
  forecasts: readonly Forecast[]
): SweepForecast {
  const sum = (of: (forecast: Forecast) => number): number =>
    forecasts.reduce((total, one) => total + of(one), 0)
  const concerned = new Map<string, string[]>()
  for (const [i, { warnings }] of forecasts.entries()) {
    for (const text of warnings) {
      concerned.set(text, [...(concerned.get(text) ?? []), points[i]?.label ?? ''])
    }
  }
  return {
    runs: points.length,
    labels: points.map(({ label }) => label),
    group: sweepGroup(template, axes),
    networks: sum(({ networks }) => networks),
    flops: sum(({ flops }) => flops),
    memoryBytes: Math.max(...forecasts.map(({ memoryBytes }) => memoryBytes)),
    diskBytes: sum(({ diskBytes }) => diskBytes),
    estimatedSeconds: sum(({ estimatedSeconds }) => estimatedSeconds),
    warnings: [...concerned].map(([text, labels]) => ({ text, labels }))
  }
}
