import { SvelteSet } from 'svelte/reactivity'
import type { RunSummary } from '@shared/protocol/results'

/** Which ensembles of the session are compared in figures. */
export class Comparison {
  /** Their keys. */
  readonly chosen = new SvelteSet<string>()

  /** Takes in or leaves out one ensemble. */
  choose(runId: string, ensembleIndex: number, isChosen: boolean): void {
    const key = ensembleKey(runId, ensembleIndex)
    if (isChosen) this.chosen.add(key)
    else this.chosen.delete(key)
  }

  /** Takes in or leaves out all of a run. */
  chooseRun({ id, ensembles }: RunSummary, isChosen: boolean): void {
    for (const { index } of ensembles) this.choose(id, index, isChosen)
  }

  /** Compares these runs and no others. */
  chooseRuns(runs: readonly RunSummary[]): void {
    this.chosen.clear()
    for (const run of runs) this.chooseRun(run, true)
  }

  /** The chosen ensembles of the runs that there are, in the order of these. */
  ensemblesOf(runs: readonly RunSummary[]): { runId: string; ensembleIndex: number }[] {
    return runs.flatMap(({ id, ensembles }) =>
      ensembles
        .filter(({ index }) => this.chosen.has(ensembleKey(id, index)))
        .map(({ index }) => ({ runId: id, ensembleIndex: index }))
    )
  }

  /** Another session has other runs. */
  enterSession(): void {
    this.chosen.clear()
  }
}

function ensembleKey(runId: string, ensembleIndex: number): string {
  return `${runId} ${ensembleIndex}`
}
