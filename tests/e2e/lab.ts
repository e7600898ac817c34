import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test'

/** A running application with its window. */
export interface RunningLab {
  readonly app: ElectronApplication
  readonly page: Page
  /** Everything the page said on its console, and its uncaught errors. */
  readonly said: readonly string[]
}

/** A machine of its own for one test: user data, session and exports in a temporary folder. */
export class TestMachine {
  readonly userData: string
  readonly session: string
  /** Where the dialogs "save". */
  readonly exports: string
  /** The user's home folder, so that no test touches the real one. */
  readonly home: string
  private readonly running: ElectronApplication[] = []

  constructor(readonly folder: string) {
    this.userData = join(folder, 'user-data')
    this.session = join(folder, 'quick.tangent')
    this.exports = join(folder, 'exports')
    this.home = join(folder, 'home')
    mkdirSync(this.exports)
    mkdirSync(this.home)
  }

  /** Starts the built application. */
  async start(...args: string[]): Promise<RunningLab> {
    const executablePath = process.env['ELECTRON_EXEC_PATH']
    const app = await _electron.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '.',
        '--no-sandbox',
        '--disable-gpu',
        `--user-data-dir=${this.userData}`,
        ...(args.length > 0 ? args : ['--session', this.session])
      ],
      env: {
        ...(process.env as Record<string, string>),
        HOME: this.home,
        XDG_CONFIG_HOME: join(this.home, '.config'),
        TANGENT_TEST_SAVE_DIR: this.exports
      }
    })
    this.running.push(app)
    const said: string[] = []
    app.context().on('console', (message) => said.push(message.text()))
    app.context().on('weberror', (error) => said.push(String(error.error())))
    return { app, page: await app.firstWindow(), said }
  }

  /** Ends whatever a test left running. */
  async end(): Promise<void> {
    for (const app of this.running) await app.close().catch(() => undefined)
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Playwright's test with a machine of its own. */
export const test = base.extend<{ machine: TestMachine }>({
  // Playwright reads the first argument's pattern, so it has to be one.
  // eslint-disable-next-line no-empty-pattern
  machine: async ({}, use) => {
    const machine = new TestMachine(mkdtempSync(join(tmpdir(), 'tangent-e2e-')))
    await use(machine)
    await machine.end()
  }
})
