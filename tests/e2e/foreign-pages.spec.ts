import { createServer, type Server } from 'node:http'
import { join, resolve } from 'node:path'
import { expect } from '@playwright/test'
import { test as base } from './lab'
import { waitForEngine } from './steps'

/**
 * The content security policy stops the application's own page long before anything else has to.
 * What stands behind it is tried here from pages that have no such policy and that the application
 * never shows.
 */
const test = base.extend<{ server: { url: string; asked: string[] } }>({
  // Playwright reads the first argument's pattern, so it has to be one.
  // eslint-disable-next-line no-empty-pattern
  server: async ({}, use) => {
    const asked: string[] = []
    const server: Server = createServer((request, response) => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''}`)
      response.setHeader('access-control-allow-origin', '*')
      response.end('reached')
    })
    server.on('upgrade', (request, socket) => {
      asked.push(`upgrade ${request.url ?? ''}`)
      socket.destroy()
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    await use({ url: `127.0.0.1:${address.port}`, asked })
    server.close()
  }
})

test('no page reaches a server that is there', async ({ machine, server }) => {
  const { app, page } = await machine.start()
  await waitForEngine(page)
  expect(await (await fetch(`http://${server.url}/from-the-test`)).text()).toBe('reached')
  expect(server.asked.splice(0)).toEqual(['GET /from-the-test'])

  const outcome = await app.evaluate(async ({ BrowserWindow }, url) => {
    const window = new BrowserWindow({ show: false })
    await window.loadURL('about:blank')
    const fromPage = (await window.webContents.executeJavaScript(`
      const settled = (start) => new Promise((done) => start(() => done('reached'), () => done('refused')))
      Promise.all([
        fetch('http://${url}/fetch').then(() => 'reached', () => 'refused'),
        settled((load, error) => Object.assign(new Image(), { onload: load, onerror: error, src: 'http://${url}/image' })),
        settled((open, error) => Object.assign(new WebSocket('ws://${url}/socket'), { onopen: open, onerror: error }))
      ])
    `)) as string[]
    const asPage = await window.loadURL(`http://${url}/page`).then(
      () => 'reached',
      () => 'refused'
    )
    window.destroy()
    return [...fromPage, asPage]
  }, server.url)
  expect(outcome).toEqual(['refused', 'refused', 'refused', 'refused'])
  expect(server.asked).toEqual([])
})

test('no permission is given, asked for or looked up', async ({ machine }) => {
  const { page } = await machine.start()
  await waitForEngine(page)
  const states = await page.evaluate(async () => {
    const names = ['notifications', 'geolocation', 'camera', 'microphone', 'clipboard-read']
    const found = names.map(async (name) => {
      const { state } = await navigator.permissions.query({ name: name as PermissionName })
      return [name, state]
    })
    return Object.fromEntries(await Promise.all(found)) as Record<string, string>
  })
  expect(states).toEqual({
    notifications: 'denied',
    geolocation: 'denied',
    camera: 'denied',
    microphone: 'denied',
    'clipboard-read': 'denied'
  })
})

test('the main process answers the application’s window alone', async ({ machine }) => {
  const { app, page } = await machine.start()
  await waitForEngine(page)
  const answers = await app.evaluate(
    async ({ BrowserWindow }, preload) => {
      const ask = async (url: string): Promise<string> => {
        const window = new BrowserWindow({ show: false, webPreferences: { preload } })
        await window.loadURL(url)
        const answer = (await window.webContents.executeJavaScript(
          `tangent.invoke('theme:set', 'dark').then(() => 'answered', ({ message }) => message)`
        )) as string
        window.destroy()
        return answer
      }
      return [await ask('data:text/html,elsewhere'), await ask('app://tangent/index.html')]
    },
    resolve(join('out', 'preload', 'index.cjs'))
  )
  expect(answers).toEqual(['not asked by the application', 'not asked by the application'])
})
