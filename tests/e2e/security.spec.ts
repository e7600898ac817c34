import { expect } from '@playwright/test'
import { test } from './lab'
import { waitForEngine } from './steps'

test('the page reaches nothing but what it was given', async ({ machine }) => {
  const { app, page, said } = await machine.start()
  await waitForEngine(page)

  await test.step('no Node, no Electron, one frozen bridge', async () => {
    const reach = await page.evaluate(() => ({
      globals: ['require', 'process', 'module', 'Buffer', 'electron'].filter(
        (n) => n in globalThis
      ),
      bridge: Object.keys((globalThis as unknown as { tangent: object }).tangent),
      frozen: Object.isFrozen((globalThis as unknown as { tangent: object }).tangent)
    }))
    expect(reach).toEqual({
      globals: [],
      bridge: ['invoke', 'onEngineState', 'onCommand'],
      frozen: true
    })
  })

  await test.step('the window is sandboxed', async () => {
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>
      }
      const { sandbox, contextIsolation, nodeIntegration, webSecurity } =
        contents.getLastWebPreferences()
      return { sandbox, contextIsolation, nodeIntegration, webSecurity }
    })
    expect(preferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true
    })
  })

  await test.step('the policy comes with the page, and nothing so far was against it', async () => {
    const header = await page.evaluate(async () => {
      const response = await fetch('app://tangent/index.html')
      return response.headers.get('content-security-policy')
    })
    expect(header).toContain("default-src 'none'")
    expect(header).toContain("script-src 'self'")
    expect(header).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:/)
    expect(said).toEqual([])
  })

  await test.step('no file outside the page’s folder', async () => {
    const statuses = await page.evaluate(async () => {
      const paths = [
        '../main/index.js',
        '%2e%2e/main/index.js',
        '..%2fmain%2findex.js',
        'package.json'
      ]
      return Promise.all(paths.map(async (path) => (await fetch(`app://tangent/${path}`)).status))
    })
    expect(statuses).toEqual([404, 404, 404, 404])
  })

  await test.step('no network', async () => {
    const outcomes = await page.evaluate(async () => {
      const outcome = async (attempt: () => Promise<unknown>): Promise<string> =>
        attempt().then(
          () => 'allowed',
          () => 'refused'
        )
      return Promise.all([
        outcome(() => fetch('http://127.0.0.1:9/')),
        outcome(() => fetch('https://127.0.0.1:9/')),
        outcome(() => fetch('file:///etc/passwd')),
        outcome(
          () =>
            new Promise((resolve, reject) => {
              const socket = new WebSocket('ws://127.0.0.1:9/')
              socket.onopen = resolve
              socket.onerror = reject
            })
        )
      ])
    })
    expect(outcomes).toEqual(['refused', 'refused', 'refused', 'refused'])
    expect(said.join()).toContain('Content Security Policy')
  })

  await test.step('no script but the application’s', async () => {
    const ran = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'globalThis.injected = true'
      document.head.append(script)
      const button = document.createElement('button')
      button.setAttribute('onclick', 'globalThis.injected = true')
      document.body.append(button)
      button.click()
      return 'injected' in globalThis
    })
    expect(ran).toBe(false)
  })

  await test.step('no window, no navigation, no permission', async () => {
    const denied = await page.evaluate(async () => ({
      window: window.open('https://127.0.0.1:9/') === null,
      notifications: await Notification.requestPermission(),
      camera: await navigator.mediaDevices
        .getUserMedia({ video: true })
        .then(() => 'granted')
        .catch(() => 'denied')
    }))
    expect(denied).toEqual({ window: true, notifications: 'denied', camera: 'denied' })
    const url = page.url()
    await page.evaluate(() => {
      window.location.href = 'https://127.0.0.1:9/'
    })
    await page.waitForTimeout(500)
    expect(page.url()).toBe(url)
    expect(app.windows()).toHaveLength(1)
  })
})

test('messages that are not of the protocol are refused', async ({ machine }) => {
  const { page } = await machine.start()
  await waitForEngine(page)
  const refused = await page.evaluate(async () => {
    const { tangent } = globalThis as unknown as {
      tangent: { invoke(channel: string, request: unknown): Promise<unknown> }
    }
    const outcome = (channel: string, request: unknown): Promise<string> =>
      tangent.invoke(channel, request).then(
        () => 'answered',
        (error: unknown) => (error as Error).message
      )
    return Promise.all([
      outcome('figure:save', { runId: 'x', format: 'exe' }),
      outcome('theme:set', 'purple'),
      outcome('no:such-channel', undefined)
    ])
  })
  expect(refused[0]).toContain('format')
  expect(refused[1]).toContain('Invalid option')
  expect(refused[2]).toMatch(/No handler registered/)

  const fromEngine = await page.evaluate(async (message) => {
    const port = await new Promise<MessagePort>((resolve) => {
      window.addEventListener('message', (event) => {
        if (event.data === message && event.ports[0]) resolve(event.ports[0])
      })
      const { tangent } = globalThis as unknown as {
        tangent: { invoke(channel: string, request: unknown): Promise<unknown> }
      }
      void tangent.invoke('engine:connect', undefined)
    })
    // The page's own client uses the same port with low numbers.
    const answers: { id?: number }[] = []
    const answered = new Promise<void>((resolve) => {
      port.addEventListener('message', ({ data }: MessageEvent<{ id?: number }>) => {
        if ((data.id ?? 0) > 9000 && answers.push(data) === 3) resolve()
      })
    })
    const ask = (id: number, channel: string, payload: unknown): void => {
      port.postMessage({ type: 'request', id, channel, payload })
    }
    port.postMessage('garbage')
    ask(9001, 'session.open', { path: '/tmp/x' })
    ask(9002, 'run.show', { runId: 7 })
    ask(9003, 'run.start', { experiment: {} })
    await answered
    return answers
  }, 'tangent:engine-port')
  expect(fromEngine).toMatchObject([
    {
      type: 'failed',
      id: 9001,
      error: { code: 'invalid-request', message: 'session.open is not open to windows' }
    },
    { type: 'failed', id: 9002, error: { code: 'invalid-request' } },
    { type: 'failed', id: 9003, error: { code: 'invalid-request' } }
  ])
})
