import type { ElectronApplication, Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'

/** What users do with the window, in their words. */

export async function waitForEngine(page: Page): Promise<void> {
  await expect(page.getByTestId('engine-report')).toContainText(/engine ready.*TensorFlow \d/)
}

/** The session's name and place, its sections and runs. */
export function sidebar(page: Page): Locator {
  return page.getByRole('region', { name: 'Session', exact: true })
}

/** The open documents; layers of a design are tabs too. */
export function documentTabs(page: Page): Locator {
  return page.getByRole('tablist', { name: 'Open documents' }).getByRole('tab')
}

/** Opens a section of the sidebar. */
export async function openSection(page: Page, title: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('button', { name: title })
    .click()
}

export async function choosePreset(page: Page, title: RegExp): Promise<void> {
  await openSection(page, 'Design')
  await page.getByRole('combobox', { name: 'Preset' }).click()
  await page.getByRole('option', { name: title }).click()
}

/** Starts a run that takes far longer than a test, and waits until its networks are trained. */
export async function startLongRun(page: Page): Promise<void> {
  await choosePreset(page, /^Figure 3: surrogate/)
  await page.getByRole('button', { name: 'Launch' }).click()
  await expect(page.getByRole('region', { name: 'Progress' })).toContainText(
    /Training the networks.*step [1-9]/s
  )
}

/** Starts a run of about a second, and waits for its end. */
export async function doShortRun(page: Page): Promise<void> {
  await choosePreset(page, /^Quick/)
  await page.getByLabel('Networks per ensemble').fill('4')
  await page.getByLabel('Steps', { exact: true }).fill('50')
  await page.getByRole('button', { name: 'Launch' }).click()
  await expect(page.getByTestId('run-status')).toHaveText(/completed/, { timeout: 60_000 })
}

/** Every number of the agreement, as shown. */
export async function readAgreement(page: Page): Promise<Record<string, string>> {
  const table = page.getByTestId('agreement')
  // The last column states what to expect, so only the value's own cell tells whether it is there.
  const value = table.getByRole('row', { name: 'rms z' }).first().locator('td').first()
  await expect(value).toHaveText(/\d/)
  const rows = await table.locator('tbody tr').all()
  const cells = rows.map(async (row) => [
    (await row.locator('th').innerText()).trim(),
    (await row.locator('td').first().innerText()).trim()
  ])
  return Object.fromEntries(await Promise.all(cells)) as Record<string, string>
}

/** The engine's process; undefined while there is none. */
export function enginePid(app: ElectronApplication): Promise<number | undefined> {
  return app.evaluate((electron) => {
    const metrics = electron.app.getAppMetrics()
    return metrics.find(({ name }) => name === 'Tangent Lab engine')?.pid
  })
}

/** Kills the engine without warning, as a crash or the system's memory killer would. */
export async function killEngine(app: ElectronApplication): Promise<void> {
  const pid = await enginePid(app)
  if (pid === undefined) throw new Error('there is no engine to kill')
  process.kill(pid, 'SIGKILL')
}

/** Chooses light or dark. */
export async function chooseTheme(page: Page, theme: string): Promise<void> {
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: theme }).click()
}

/** Has a command carried out through the palette. */
export async function command(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Control+K')
  await page.getByPlaceholder(/Type a command/).fill(title)
  await page.getByRole('option', { name: title }).first().click()
}

/** Opens a session as a second start of the application does; every question is answered with yes. */
export async function openOther(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ app: running, dialog }, session) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false })
    running.emit('second-instance', {}, ['electron', session], '/')
  }, path)
}
