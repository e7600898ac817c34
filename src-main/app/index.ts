/** The main process: windows, dialogs, security and the engine's life. It computes nothing. */
import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { app, BrowserWindow, dialog, nativeTheme, session as sessions } from 'electron'
import { LabError, transportedError } from '@shared/protocol/errors'
import type { MenuEntry } from '@shared/protocol/menu'
import { backupPath } from '../session/care/backup-path'
import { appVersion } from '../version'
import { CurrentSession } from './current-session'
import { dataChannels } from './data-channels'
import { EngineSupervisor } from './engine-supervisor'
import { exportChannels } from './export-channels'
import { registerChannels } from './ipc'
import { Log } from './log'
import { memoryInUse } from './memory-in-use'
import { setMenu } from './menu'
import { notifyDesktop } from './notify-desktop'
import { RecentSessions } from './recent-sessions'
import { RememberedState } from './remembered-state'
import { declareProtocol, secureContents, secureSession } from './security'
import { sessionArgument, unusedNeighbour, withExtension } from './session-path'
import { APP_ORIGIN } from './static-files'
import { openWithOffers, type OfferSurroundings } from './open-with-offers'
import { reportUncaught } from './report-uncaught'
import { visibleBounds } from './visible-bounds'

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
  const logFolder = join(app.getPath('userData'), 'logs')
  const log = new Log(logFolder)
  const remembered = new RememberedState(join(app.getPath('userData'), 'state.json'), (problem) => {
    log.write('main', `the window's state could not be kept: ${String(problem)}`)
  })
  let window: BrowserWindow | null = null
  let quitting = false
  let menuEntries: readonly MenuEntry[] = []

  reportUncaught(log, logFolder)

  const supervisor = new EngineSupervisor({
    entry: join(here, 'engine.js'),
    log,
    prepare: openSession,
    onState: (engineState) => {
      window?.webContents.send('engine:state', engineState)
    }
  })

  const recent = new RecentSessions({
    read: () => remembered.current.recentSessions,
    write: (recentSessions) => {
      remembered.remember({ recentSessions })
    }
  })

  const defaultPath = join(app.getPath('documents'), 'Tangent Lab', 'My first session.tangent')
  const session = new CurrentSession(
    sessionArgument(process.argv.slice(1), process.cwd()) ??
      remembered.current.lastSession ??
      defaultPath,
    {
      defaultPath,
      open: (path) => openWithOffers(path, offers),
      onOpened: (path) => {
        remembered.remember({ lastSession: path })
        recent.add(path, new Date())
        updateMenu()
        window?.setTitle(title(path))
      }
    }
  )

  const offers: OfferSurroundings = {
    open: async (path, readOnly) => {
      await supervisor.ask().request('session.open', { path, readOnly })
    },
    restore: (path) => supervisor.ask().request('session.restore', { path }),
    hasBackup: (path) => existsSync(backupPath(path)),
    ask: async ({ message, detail, button }) => {
      const { response } = await dialog.showMessageBox({
        ...{ type: 'question', title: 'Tangent Lab', message, detail },
        ...{ buttons: [button, 'Cancel'], defaultId: 0, cancelId: 1 }
      })
      return response === 0
    },
    tell: (message, detail) => {
      void dialog.showMessageBox({ type: 'info', title: 'Tangent Lab', message, detail })
    }
  }

  async function openSession(): Promise<void> {
    const wanted = session.path
    const replacement = await session.openOrReplace()
    if (!replacement) return
    const { path, problem } = replacement
    log.write('main', `${wanted}: ${problem}`)
    // Not awaited: the fresh session can be used before the message is read.
    void dialog.showMessageBox({
      type: 'warning',
      title: 'Tangent Lab',
      message: 'The session could not be opened.',
      detail: `${problem}\n\nThe file is left as it is. A new session was started: ${path}`
    })
  }

  async function chooseNew(): Promise<string | null> {
    const suggested = join(dirname(session.path), 'New session.tangent')
    const path = await savePath('New session', suggested, 'Tangent Lab session', 'tangent')
    if (path === null) return null
    const file = withExtension(path)
    if (existsSync(file)) {
      throw new LabError('file-problem', `${file} exists: open it, or choose another name`)
    }
    await session.open(file)
    return file
  }

  /** Copies the session to where the user says, and goes on there. */
  async function saveAs(): Promise<string | null> {
    const suggested = unusedNeighbour(session.path)
    const path = await savePath('Save session as', suggested, 'Tangent Lab session', 'tangent')
    if (path === null) return null
    const file = withExtension(path)
    await supervisor.ask().request('session.copy', { path: file })
    await session.open(file)
    return file
  }

  /** Copies the session beside itself, and stays in it. */
  async function duplicate(): Promise<string> {
    const path = unusedNeighbour(session.path)
    await supervisor.ask().request('session.copy', { path })
    return path
  }

  async function chooseOpen(): Promise<string | null> {
    if (testFolder !== null) return null
    const path = await openPath('Open session', 'Tangent Lab session', ['tangent'])
    if (path !== null) await session.open(path)
    return path
  }

  async function openRecent(path: string): Promise<void> {
    await recent.requireThere(path)
    await session.open(path)
  }

  function forgetRecent(path: string | null): void {
    recent.forget(path)
    updateMenu()
  }

  function updateMenu(): void {
    setMenu(menuEntries, runCommand, {
      paths: recent.paths,
      open: (path) => {
        sayFailure(openRecent(path))
      },
      clear: () => {
        forgetRecent(null)
      }
    })
  }

  async function openPath(
    dialogTitle: string,
    name: string,
    extensions: readonly string[]
  ): Promise<string | null> {
    if (testFolder !== null) return join(testFolder, `import.${extensions[0] ?? ''}`)
    const { filePaths } = await dialog.showOpenDialog({
      title: dialogTitle,
      defaultPath: dirname(session.path),
      filters: [{ name, extensions: [...extensions] }],
      properties: ['openFile']
    })
    return filePaths[0] ?? null
  }

  async function folderPath(dialogTitle: string, suggested: string): Promise<string | null> {
    if (testFolder !== null) return join(testFolder, basename(suggested))
    const { filePaths } = await dialog.showOpenDialog({
      title: dialogTitle,
      defaultPath: dirname(suggested),
      buttonLabel: 'Export here',
      properties: ['openDirectory', 'createDirectory']
    })
    const [folder] = filePaths
    return folder === undefined ? null : join(folder, basename(suggested))
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

  /** Has the page run one of its commands. */
  function runCommand(id: string): void {
    window?.webContents.send('command:run', id)
  }

  const exports = exportChannels({
    ask: () => supervisor.ask(),
    savePath: (dialogTitle, fileName, kind, extension) =>
      savePath(dialogTitle, join(dirname(session.path), fileName), kind, extension),
    openPath,
    folderPath: (dialogTitle, name) => folderPath(dialogTitle, join(dirname(session.path), name))
  })

  registerChannels(
    () => window,
    developmentOrigin ?? APP_ORIGIN,
    {
      'session:new': chooseNew,
      'session:open': chooseOpen,
      ...exports,
      ...dataChannels({ ask: () => supervisor.ask(), openPath }),
      'session:save-as': saveAs,
      'session:duplicate': duplicate,
      'session:recent': () => recent.list(),
      'session:open-recent': async ({ path }) => {
        await openRecent(path)
      },
      'session:forget-recent': ({ path }) => {
        forgetRecent(path)
        return recent.list()
      },
      'engine:connect': () => {
        if (window) supervisor.connect(window.webContents)
      },
      'engine:restart': () => {
        supervisor.restart()
      },
      'theme:set': (theme) => {
        nativeTheme.themeSource = theme
        remembered.remember({ theme })
      },
      'zoom:set': (level) => {
        window?.webContents.setZoomLevel(level)
      },
      'app:memory': () => memoryInUse(app.getAppMetrics()),
      'menu:set': (entries) => {
        menuEntries = entries
        updateMenu()
      },
      'desktop:notify': (notice) => {
        if (window?.isFocused()) return
        notifyDesktop(notice, () => {
          window?.show()
          runCommand(notice.command)
        })
      }
    },
    log
  )

  /** What goes wrong outside the page's requests is said in a dialog. */
  function sayFailure(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      dialog.showErrorBox('Tangent Lab', transportedError(error).message)
    })
  }

  function openWindow(): void {
    const created = new BrowserWindow({
      ...visibleBounds(remembered.current),
      minWidth: 900,
      minHeight: 600,
      show: false,
      title: title(session.path),
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
      if (!quitting) remembered.remember({ bounds: created.getNormalBounds() })
    })
    created.on('closed', () => {
      window = null
    })
    void created.loadURL(developmentUrl ?? `${APP_ORIGIN}/index.html`)
  }

  app.on('second-instance', (_event, args, folder) => {
    const path = sessionArgument(args.slice(1), folder)
    if (path !== null) sayFailure(session.open(path))
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
    if (window) remembered.remember({ bounds: window.getNormalBounds() })
    // The engine puts its session away, and the window's place is kept, before the application ends.
    event.preventDefault()
    void supervisor
      .stop()
      .then(() => remembered.settled())
      .finally(() => {
        app.quit()
      })
  })

  void app.whenReady().then(() => {
    nativeTheme.themeSource = remembered.current.theme
    app.setAboutPanelOptions({
      applicationName: 'Tangent Lab',
      applicationVersion: appVersion,
      copyright: 'Apache License 2.0',
      credits: `Electron ${process.versions.electron}, Chromium ${process.versions.chrome}, Node ${process.versions.node}`
    })
    updateMenu()
    secureSession(sessions.defaultSession, pageFolder, developmentOrigin)
    supervisor.start()
    openWindow()
  })
}

function title(path: string): string {
  const name = path.split(/[\\/]/).at(-1) ?? path
  return `${name.replace(/\.tangent$/, '')} – Tangent Lab`
}
