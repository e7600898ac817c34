import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test, type TestMachine } from './lab'
import { sidebar, waitForEngine } from './steps'

test('the first session is made among the user’s documents', async ({ machine }) => {
  mkdirSync(documentsOf(machine))
  const { page } = await machine.start('--disable-gpu')
  await waitForEngine(page)
  await expect(
    sidebar(page).getByTitle(/Documents.Tangent Lab.My first session\.tangent$/)
  ).toBeVisible()
})

test('where nothing can be stored beside a session, one is made among the documents', async ({
  machine
}) => {
  mkdirSync(documentsOf(machine))
  writeFileSync(join(machine.folder, 'no-folder'), '')
  const { page } = await machine.start('--session', join(machine.folder, 'no-folder', 'a.tangent'))
  await waitForEngine(page)
  await expect(
    sidebar(page).getByTitle(/Documents.Tangent Lab.My first session.*\.tangent$/)
  ).toBeVisible()
})

test('where no session can be stored at all, the window says so', async ({ machine }) => {
  const documents = documentsOf(machine)
  writeFileSync(documents, '')
  const { page } = await machine.start('--disable-gpu')
  await expect(page.getByRole('alert')).toContainText(/Documents/)

  // Once there is a place, the engine starts when it is asked to.
  rmSync(documents)
  mkdirSync(documents)
  await page.getByRole('button', { name: 'Start the engine again' }).click()
  await waitForEngine(page)
  await expect(
    sidebar(page).getByTitle(/Documents.Tangent Lab.My first session\.tangent$/)
  ).toBeVisible()
})

test('the window’s place and size are kept when the application quits', async ({ machine }) => {
  const { app, page } = await machine.start()
  await waitForEngine(page)
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 20, y: 30, width: 1000, height: 700 })
  })
  await app.close()
  expect(readState(machine)).toMatchObject({ bounds: { width: 1000, height: 700 } })
  expect(readdirSync(machine.userData).filter((name) => name.includes('state'))).toEqual([
    'state.json'
  ])

  const again = await machine.start('--disable-gpu')
  const size = await again.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getSize()
  )
  expect(size).toEqual([1000, 700])
})

test('choices made at the same time are all kept, the last one of each', async ({ machine }) => {
  const { app, page } = await machine.start()
  await waitForEngine(page)
  await page.evaluate(async () => {
    for (let round = 0; round < 30; round++) {
      void window.tangent.invoke('theme:set', 'dark')
      void window.tangent.invoke('theme:set', 'system')
    }
    await window.tangent.invoke('theme:set', 'light')
  })
  await app.close()
  expect(readState(machine)).toMatchObject({ theme: 'light', lastSession: machine.session })
})

test('a page that ends is loaded again', async ({ machine }) => {
  const { app, page } = await machine.start()
  await waitForEngine(page)
  const report = (): Promise<string> =>
    app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (!contents || contents.isCrashed() || contents.isLoading()) return 'no page'
      const shown: Promise<string> = contents.executeJavaScript(
        `document.querySelector('[data-testid=engine-report]')?.innerText ?? ''`
      )
      // A page that ends meanwhile never answers.
      const late = new Promise<string>((done) => setTimeout(done, 1000, 'no answer'))
      return Promise.race([shown, late])
    })
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
  })
  await expect.poll(report).toContain('engine ready')
  expect(readFileSync(join(machine.userData, 'logs', 'main.log'), 'utf8')).toContain(
    'the page ended'
  )
})

test('what nobody caught is in the log', async ({ machine }) => {
  const { app, page } = await machine.start()
  await waitForEngine(page)
  await app.evaluate(() => {
    void Promise.reject(new Error('nobody caught this'))
  })
  await expect
    .poll(() => readFileSync(join(machine.userData, 'logs', 'main.log'), 'utf8'))
    .toContain('nobody caught this')
})

/** The folder of the user's documents, which a desktop names in a file of its own. */
function documentsOf({ home }: TestMachine): string {
  mkdirSync(join(home, '.config'))
  writeFileSync(join(home, '.config', 'user-dirs.dirs'), 'XDG_DOCUMENTS_DIR="$HOME/Documents"\n')
  return join(home, 'Documents')
}

function readState(machine: TestMachine): unknown {
  return JSON.parse(readFileSync(join(machine.userData, 'state.json'), 'utf8'))
}
