import { readState, writeState, type AppState } from './state-file'

/**
 * What the application remembers between starts, on the disk soon after every change. Changes may
 * follow each other quickly: they are written one after another, so the file ends as the last one.
 */
export class RememberedState {
  private state: AppState
  private writing: Promise<void> = Promise.resolve()
  private isWaiting = false

  /** @param onProblem told where a change could not be kept */
  constructor(
    private readonly path: string,
    private readonly onProblem: (problem: unknown) => void
  ) {
    this.state = readState(path)
  }

  get current(): AppState {
    return this.state
  }

  remember(changes: Partial<AppState>): void {
    this.state = { ...this.state, ...changes }
    if (this.isWaiting) return
    this.isWaiting = true
    this.writing = this.writing
      .then(() => {
        this.isWaiting = false
        return writeState(this.path, this.state)
      })
      .catch(this.onProblem)
  }

  /** Settles when everything remembered so far is on the disk, or could not be kept. */
  settled(): Promise<void> {
    return this.writing
  }
}
