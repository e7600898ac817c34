import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { LabError, transportedError } from '@shared/protocol/errors'
import { unusedNeighbour } from './session-path'

/** What a current session needs of its surroundings. */
export interface SessionSurroundings {
  /** Where a first session is kept; its folder is made when it is needed. */
  readonly defaultPath: string
  /** Opens a session file in an engine; rejects with a LabError where that cannot be. */
  readonly open: (path: string) => Promise<void>
  /** Told of every session that was opened. */
  readonly onOpened: (path: string) => void
}

/** What was opened instead of a session that could not be opened, and why. */
export interface Replacement {
  readonly path: string
  readonly problem: string
}

/** Which session file the application has open, or opens as soon as there is an engine. */
export class CurrentSession {
  /** @param path the session to begin with */
  constructor(
    private current: string,
    private readonly surroundings: SessionSurroundings
  ) {}

  get path(): string {
    return this.current
  }

  async open(path: string): Promise<void> {
    await this.surroundings.open(path)
    this.current = path
    this.surroundings.onOpened(path)
  }

  /**
   * Opens the current session; where that cannot be, makes a fresh one beside it, or else among the
   * user's documents. The file that could not be opened is left as it is.
   *
   * @returns what was opened instead; null where the current session was opened
   * @throws {LabError} 'file-problem' where no session can be stored anywhere; 'engine-unavailable'
   */
  async openOrReplace(): Promise<Replacement | null> {
    const problems = new Set<string>()
    const { defaultPath } = this.surroundings
    const places = [
      () => this.current,
      () => unusedNeighbour(this.current),
      () => (existsSync(defaultPath) ? unusedNeighbour(defaultPath) : defaultPath)
    ]
    for (const place of places) {
      const path = place()
      try {
        if (dirname(path) === dirname(defaultPath)) makeFolder(dirname(path))
        await this.open(path)
        return problems.size === 0 ? null : { path, problem: [...problems].join('\n') }
      } catch (error) {
        const { code, message } = transportedError(error)
        if (code === 'engine-unavailable') throw error
        problems.add(message)
      }
    }
    throw new LabError(
      'file-problem',
      `No session can be stored: ${[...problems].join(' ')} Free a place, then start the engine again.`
    )
  }
}

/** @throws {LabError} file-problem */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new LabError('file-problem', `The folder ${folder} cannot be made: ${reason}.`, { cause })
  }
}
