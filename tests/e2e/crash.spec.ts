import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './lab'
import { doShortRun, enginePid, killEngine, sidebar, startLongRun, waitForEngine } from './steps'

test('the engine is killed during a run: the window stays, the run is kept as interrupted', async ({
  machine
}) => {
  const { app, page } = await machine.start()
  await waitForEngine(page)
  await startLongRun(page)
  const killed = await enginePid(app)
  await killEngine(app)

  await expect(page.getByRole('alert')).toContainText(/engine stopped and is restarting/)
  await waitForEngine(page)
  await expect(page.getByRole('alert')).toHaveCount(0)
  expect(await enginePid(app)).not.toBe(killed)
  await expect(page.getByTestId('run-status')).toHaveText(/interrupted/)
  await expect(page.getByText('The run was interrupted:')).toBeVisible()

  await doShortRun(page)
  const runs = page.getByRole('list', { name: 'Runs' }).getByRole('button')
  await expect(runs).toHaveText([/completed/, /interrupted/])
})

test('an engine that keeps ending is started again when the user says so', async ({ machine }) => {
  const { app, page } = await machine.start()
  for (let crash = 1; crash <= 4; crash++) {
    await waitForEngine(page)
    await killEngine(app)
    await expect(page.getByRole('alert')).toBeVisible()
  }
  await expect(page.getByRole('alert')).toContainText(/stays stopped/)
  await page.getByRole('button', { name: 'Start the engine again' }).click()
  await waitForEngine(page)
  await doShortRun(page)
})

test('a cancelled run ends soon and is kept as cancelled', async ({ machine }) => {
  const { page } = await machine.start()
  await waitForEngine(page)
  await startLongRun(page)
  await page.getByRole('button', { name: 'Cancel run' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel the run' }).click()
  // Within one step of one block of networks; this is generous for a slow machine.
  await expect(page.getByTestId('run-status')).toHaveText(/cancelled/, { timeout: 10_000 })
  await doShortRun(page)
})

test('the application is killed during a run: the session opens again', async ({ machine }) => {
  const first = await machine.start()
  await waitForEngine(first.page)
  await startLongRun(first.page)
  const engine = await enginePid(first.app)
  first.app.process().kill('SIGKILL')
  await expect
    .poll(() => isRunning(engine), { message: 'the engine ends with the application' })
    .toBe(false)

  const { page } = await machine.start()
  await waitForEngine(page)
  await expect(sidebar(page).getByTitle(machine.session)).toHaveText('quick')
  await expect(page.getByRole('status', { name: 'Messages' })).toContainText(/found interrupted/)
  await expect(page.getByRole('list', { name: 'Runs' })).toContainText(/interrupted/)
})

test('the application is closed during a run', async ({ machine }) => {
  const first = await machine.start()
  await waitForEngine(first.page)
  await startLongRun(first.page)
  const engine = await enginePid(first.app)
  await first.app.close()
  await expect.poll(() => isRunning(engine)).toBe(false)
  // SQLite takes its journal away only when a session is closed properly.
  expect(existsSync(`${machine.session}-wal`)).toBe(false)

  const { page } = await machine.start()
  await waitForEngine(page)
  await expect(page.getByRole('list', { name: 'Runs' })).toContainText(/interrupted/)
})

test('a file that is no session is left alone, and a fresh session stands in', async ({
  machine
}) => {
  writeFileSync(machine.session, 'my thesis')
  const { page } = await machine.start()
  await waitForEngine(page)
  await expect(sidebar(page).getByTitle(join(machine.folder, 'quick 2.tangent'))).toBeVisible()
  expect(readFileSync(machine.session, 'utf8')).toBe('my thesis')
  await doShortRun(page)
})

/** Whether there is such a process; one that ended is counted until the system has cleared it away. */
function isRunning(pid: number | undefined): boolean {
  if (pid === undefined) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
