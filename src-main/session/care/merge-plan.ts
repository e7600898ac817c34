import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { count, eq, sql } from 'drizzle-orm'
import { experimentSchema } from '@shared/design/experiment'
import type { RunStatus } from '@shared/protocol/results'
import { configHash } from '../config-hash'
import { readJson } from '../json-column'
import { ensembles, runs } from '../schema'

/** Of two runs of one experiment, the one whose status comes first here has more to it. */
const byProgress: readonly RunStatus[] = [
  'completed',
  'paused',
  'interrupted',
  'running',
  'queued',
  'failed',
  'cancelled'
]

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** A run that goes into a merged session. */
export interface PlannedRun {
  /** 0 or 1: which of the sessions it is from. */
  readonly source: number
  /** Its number there. */
  readonly row: number
  /** What it is called in the merged session. */
  readonly id: string
  /** The experiment's. */
  readonly name: string
  readonly seed: number
  readonly createdAt: string
  /** Equal for experiments that differ in nothing but the seed. */
  readonly experimentHash: string
}

/** Which runs of two sessions go into one. */
export interface MergePlan {
  readonly kept: readonly PlannedRun[]
  /** Runs that are left out, under the id of the run that stands for them. */
  readonly leftOut: readonly Pick<PlannedRun, 'source' | 'row' | 'id'>[]
  /** Whether a run of a session goes into the merged one itself. */
  readonly isKept: (source: number, runId: string) => boolean
  /** Whether it does, or another run stands for it there; deleted runs do not. */
  readonly isKnown: (source: number, runId: string) => boolean
  /** A text of a session with every run's id replaced by that of the run that stands for it. */
  readonly targetId: (source: number, text: string) => string
}

interface Candidate extends Omit<PlannedRun, 'id'> {
  readonly ownId: string
  readonly status: RunStatus
  readonly ensembles: number
  /** Equal for the same experiment with the same seed. */
  readonly identity: string
}

/**
 * Plans a merge: of runs of the same experiment with the same seed, the most advanced is kept, which is
 * the first where none is. Ids stay, but where two different runs have the same one.
 *
 * @throws {LabError} session-unusable where a run's experiment cannot be read
 */
export function planMerge(sources: readonly Database.Database[]): MergePlan {
  const candidates = sources.flatMap((source, index) => candidatesOf(source, index))
  const groups = grouped(candidates, ({ identity }) => identity)
  const ids = new Set<string>()
  const kept: PlannedRun[] = []
  const leftOut: Pick<PlannedRun, 'source' | 'row' | 'id'>[] = []
  const isKept = new Set<string>()
  const isKnown = new Set(candidates.map(({ source, ownId }) => key(source, ownId)))
  const renamed = sources.map(() => new Map<string, string>())
  for (const group of groups) {
    const [best] = group.toSorted(moreAdvancedFirst)
    if (!best) continue
    const id = ids.has(best.ownId) ? derivedId(best) : best.ownId
    ids.add(id)
    kept.push({ ...best, id })
    isKept.add(key(best.source, best.ownId))
    for (const candidate of group) {
      const { source, row, ownId } = candidate
      if (ownId !== id) renamed[source]?.set(ownId, id)
      if (candidate !== best) leftOut.push({ source, row, id })
    }
  }
  return {
    kept,
    leftOut,
    isKept: (source, runId) => isKept.has(key(source, runId)),
    isKnown: (source, runId) => isKnown.has(key(source, runId)),
    targetId: (source, text) => {
      const changes = renamed[source] ?? new Map<string, string>()
      const exact = changes.get(text)
      if (exact !== undefined) return exact
      // Such as in the specification of a figure: nothing else looks like a UUID.
      return text.replace(UUID, (id) => changes.get(id) ?? id)
    }
  }
}

function candidatesOf(database: Database.Database, source: number): Candidate[] {
  const orm = drizzle({ client: database })
  const finished = orm
    .select({ ensembles: count() })
    .from(ensembles)
    .where(eq(ensembles.runId, runs.id))
  return orm
    .select({
      ...{ row: runs.number, ownId: runs.id, seed: runs.seed },
      ...{ createdAt: runs.createdAt, status: runs.status, experiment: runs.experiment },
      ensembles: sql<number>`${finished}`
    })
    .from(runs)
    .where(eq(runs.deleted, false))
    .orderBy(runs.number)
    .all()
    .map(({ experiment: text, ...run }) => {
      // Hashed anew: an earlier version may have known fewer keys when it stored its hash.
      const experiment = readJson(experimentSchema, text, `experiment of run ${run.ownId}`)
      return {
        ...run,
        source,
        name: experiment.name,
        identity: configHash(experiment),
        experimentHash: configHash({ ...experiment, seed: 0 })
      }
    })
}

function moreAdvancedFirst(a: Candidate, b: Candidate): number {
  const rank = ({ status }: Candidate): number => byProgress.indexOf(status)
  return rank(a) - rank(b) || b.ensembles - a.ensembles || a.source - b.source || a.row - b.row
}

/** A new id that the same merge gives again. */
function derivedId({ ownId, identity }: Candidate): string {
  const hex = createHash('sha256').update(`${ownId} ${identity}`).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32)
  ].join('-')
}

function key(source: number, runId: string): string {
  return `${source} ${runId}`
}

/** Values with the same key together, in the order in which keys come first. */
export function grouped<T>(values: readonly T[], keyOf: (value: T) => string): T[][] {
  const groups = new Map<string, T[]>()
  for (const value of values) {
    const group = groups.get(keyOf(value))
    if (group) group.push(value)
    else groups.set(keyOf(value), [value])
  }
  return [...groups.values()]
}
