/** The main process: windows, dialogs, security and the engine's life. It computes nothing. */
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { app, BrowserWindow, dialog, nativeTheme, screen, session as sessions } from 'electron'
import type { EngineClient } from '@shared/protocol/engine-client'
import { LabError, transportedError } from '@shared/protocol/errors'
import { writeFileAtomically } from '../files/write-atomically'
import { appVersion } from '../version'
import { EngineSupervisor } from './engine-supervisor'
import { registerChannels } from './ipc'
import { Log } from './log'
import { setMenu } from './menu'
import { declareProtocol, secureContents, secureSession } from './security'
import { sessionArgument, unusedNeighbour, withExtension } from './session-path'
import { readState, writeState, type AppState } from './state-file'
import { APP_ORIGIN } from './static-files'

const here = import.meta.dirname
const pageFolder = resolve(here, '../renderer')
/** electron-vite's development server; never honoured by a packaged application. */
const developmentUrl = app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null)
const developmentOrigin = developmentUrl === null ? null : new URL(developmentUrl).origin
/** Where the tests' dialogs "save": there is nobody to click in them. Packaged builds ignore it. */
const testFolder = app.isPackaged ? null : (process.env['TANGENT_TEST_SAVE_DIR'] ?? null)

// Chromium refuses to sandbox for root; whoever starts it so has said --no-sandbox.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
declareProtocol()
secureContents(developmentOrigin)

if (app.requestSingleInstanceLock()) launch()
else app.quit()

function launch(): void {
  const log = new Log(join(app.getPath('userData'), 'logs'))
  const statePath = join(app.getPath('userData'), 'state.json')
  let state: AppState = readState(statePath)
  let window: BrowserWindow | null = null
  let sessionPath =
    sessionArgument(process.argv.slice(1), process.cwd()) ?? state.lastSession ?? defaultSession()
  let quitting = false

  process.on('uncaughtException', (error) => {
    log.write('main', error.stack ?? error.message)
    dialog.showErrorBox(
      'Tangent Lab met an unexpected problem',
      `${error.message}\n\nSee ${statePath}`
    )
  })

  const remember = (changes: Partial<AppState>): void => {
    state = { ...state, ...changes }
    writeState(statePath, state).catch((error: unknown) => {
      log.write('main', `the window's state could not be kept: ${String(error)}`)
    })
  }

  const supervisor = new EngineSupervisor({
    entry: join(here, 'engine.js'),
    log,
    prepare: openOrReplace,
    onState: (engineState) => {
      window?.webContents.send('engine:state', engineState)
    }
  })

  /** Opens the current session; where that cannot be, says why and makes a fresh one beside it. */
  async function openOrReplace(client: EngineClient): Promise<void> {
    try {
      await openIn(client, sessionPath)
    } catch (error) {
      const { code, message } = transportedError(error)
      if (code === 'engine-unavailable') throw error
      const replacement = unusedNeighbour(
        existsSync(dirname(sessionPath)) ? sessionPath : defaultSession()
      )
      log.write('main', `${sessionPath}: ${message}`)
      await openIn(client, replacement)
      // Not awaited: the fresh session can be used before the message is read.
      void dialog.showMessageBox({
        type: 'warning',
        title: 'Tangent Lab',
        message: 'The session could not be opened.',
        detail: `${message}\n\nThe file is left as it is. A new session was started: ${replacement}`
      })
    }
  }

  async function openIn(client: EngineClient, path: string): Promise<void> {
    await client.request('session.open', { path })
    sessionPath = path
    remember({ lastSession: path })
    window?.setTitle(title(path))
  }

  async function chooseNew(): Promise<string | null> {
    const suggested = join(dirname(sessionPath), 'New session.tangent')
    const path = await savePath('New session', suggested, 'Tangent Lab session', 'tangent')
    if (path === null) return null
    const file = withExtension(path)
    if (existsSync(file)) {
      throw new LabError('file-problem', `${file} exists: open it, or choose another name`)
    }
    await openIn(supervisor.ask(), file)
    return file
  }

  async function chooseOpen(): Promise<string | null> {
    if (testFolder !== null) return null
    const { filePaths } = await dialog.showOpenDialog({
      title: 'Open session',
      defaultPath: dirname(sessionPath),
      filters: [{ name: 'Tangent Lab session', extensions: ['tangent'] }],
      properties: ['openFile']
    })
    const [path] = filePaths
    if (path === undefined) return null
    await openIn(supervisor.ask(), path)
    return path
  }

  async function savePath(
    dialogTitle: string,
    suggested: string,
    name: string,
    extension: string
  ): Promise<string | null> {
    if (testFolder !== null) return join(testFolder, suggested.split(/[\\/]/).at(-1) ?? suggested)
    const { canceled, filePath } = await dialog.showSaveDialog({
      title: dialogTitle,
      defaultPath: suggested,
      filters: [{ name, extensions: [extension] }]
    })
    return canceled || filePath === '' ? null : filePath
  }

  registerChannels(
    () => window,
    developmentOrigin ?? APP_ORIGIN,
    {
      'session:new': chooseNew,
      'session:open': chooseOpen,
      'figure:save': async (request) => {
        const { bytes, fileName } = await supervisor.ask().request('figure.render', request)
        const suggested = join(dirname(sessionPath), fileName)
        const path = await savePath(
          'Export figure',
          suggested,
          request.format.toUpperCase(),
          request.format
        )
        if (path !== null) await writeFileAtomically(path, bytes)
        return path
      },
      'engine:connect': () => {
        if (window) supervisor.connect(window.webContents)
      },
      'engine:restart': () => {
        supervisor.restart()
      },
      'theme:set': (theme) => {
        nativeTheme.themeSource = theme
        remember({ theme })
      }
    },
    log
  )

  /** Runs a menu's choice; what goes wrong is said in a dialog. */
  const fromMenu = (choose: () => Promise<unknown>) => () => {
    choose().catch((error: unknown) => {
      dialog.showErrorBox('Tangent Lab', transportedError(error).message)
    })
  }

  function openWindow(): void {
    const created = new BrowserWindow({
      ...visibleBounds(state),
      minWidth: 900,
      minHeight: 600,
      show: false,
      title: title(sessionPath),
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#15191e' : '#ffffff',
      webPreferences: {
        preload: join(here, '../preload/index.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        spellcheck: false
      }
    })
    window = created
    created.once('ready-to-show', () => {
      created.show()
    })
    // The session's name is the title; the page's would replace it.
    created.on('page-title-updated', (event) => {
      event.preventDefault()
    })
    created.webContents.on('did-finish-load', () => {
      created.webContents.send('engine:state', supervisor.state)
    })
    created.webContents.on('render-process-gone', (_event, { reason }) => {
      log.write('main', `the page ended: ${reason}`)
      if (reason !== 'clean-exit' && !quitting) created.reload()
    })
    created.on('close', () => {
      remember({ bounds: created.getNormalBounds() })
    })
    created.on('closed', () => {
      window = null
    })
    void created.loadURL(developmentUrl ?? `${APP_ORIGIN}/index.html`)
  }

  app.on('second-instance', (_event, args, folder) => {
    const path = sessionArgument(args.slice(1), folder)
    if (path !== null) fromMenu(() => openIn(supervisor.ask(), path))()
    window?.show()
  })
  app.on('activate', () => {
    if (!window) openWindow()
  })
  app.on('window-all-closed', () => {
    app.quit()
  })
  app.on('before-quit', (event) => {
    if (quitting) return
    quitting = true
    // The engine puts its session away before the application ends.
    event.preventDefault()
    void supervisor.stop().finally(() => {
      app.quit()
    })
  })

  void app.whenReady().then(() => {
    nativeTheme.themeSource = state.theme
    app.setAboutPanelOptions({
      applicationName: 'Tangent Lab',
      applicationVersion: appVersion,
      copyright: 'Apache License 2.0',
      credits: `Electron ${process.versions.electron}, Chromium ${process.versions.chrome}, Node ${process.versions.node}`
    })
    setMenu({ newSession: fromMenu(chooseNew), openSession: fromMenu(chooseOpen) })
    secureSession(sessions.defaultSession, pageFolder, developmentOrigin)
    supervisor.start()
    openWindow()
  })
}

function title(path: string): string {
  const name = path.split(/[\\/]/).at(-1) ?? path
  return `${name.replace(/\.tangent$/, '')} – Tangent Lab`
}

/** Where a first session is kept: a folder of its own among the user's documents. */
function defaultSession(): string {
  const folder = join(app.getPath('documents'), 'Tangent Lab')
  mkdirSync(folder, { recursive: true })
  return join(folder, 'My first session.tangent')
}

/** The remembered bounds where a screen still shows them. */
function visibleBounds({
  bounds
}: AppState): Electron.Rectangle | { width: number; height: number } {
  const size = { width: bounds?.width ?? 1280, height: bounds?.height ?? 800 }
  if (bounds?.x === undefined || bounds.y === undefined) return size
  const { x, y } = bounds
  const { workArea } = screen.getDisplayMatching({ x, y, ...size })
  const isVisible =
    x < workArea.x + workArea.width - 100 &&
    y < workArea.y + workArea.height - 100 &&
    x + size.width > workArea.x + 100 &&
    y + size.height > workArea.y
  return isVisible ? { x, y, ...size } : size
}
