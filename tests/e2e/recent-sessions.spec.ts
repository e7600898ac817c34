import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type ElectronApplication } from '@playwright/test'
import { test } from './lab'
import { openOther, openSection, waitForEngine } from './steps'

/** The paths in File ▸ Open recent. */
const inMenu = (app: ElectronApplication) =>
  app.evaluate(({ Menu }) => {
    const [file] = Menu.getApplicationMenu()?.items ?? []
    const recent = file?.submenu?.items.find(({ label }) => label === 'Open &recent')
    return (recent?.submenu?.items ?? [])
      .map(({ label }) => label)
      .filter((label) => label.endsWith('.tangent'))
  })

test('sessions that were open are offered on the start page and in the menu, also after a start', async ({
  machine
}) => {
  const [first, second] = [machine.session, join(machine.folder, 'second.tangent')]
  const lab = await machine.start()
  await waitForEngine(lab.page)
  await openOther(lab.app, second)
  await expect.poll(() => inMenu(lab.app)).toEqual([second, first])
  await lab.app.close()

  const { app, page } = await machine.start('--session', second)
  await waitForEngine(page)
  await openSection(page, 'Start')
  const panel = page.getByRole('region', { name: 'Recent sessions' })
  await expect(panel).toContainText(first)
  await expect(panel).not.toContainText(second)
  await panel.getByRole('button', { name: /^quick/ }).click()
  await expect(panel).toContainText(second)
  await expect.poll(() => inMenu(app)).toEqual([first, second])

  rmSync(second)
  await openSection(page, 'Runs')
  await openSection(page, 'Start')
  await expect(panel).toContainText('the file is not there any more')
  await page.screenshot({ path: 'artefacts/screenshots/recent-sessions.png' })
  await panel.getByRole('button', { name: 'Remove second from list' }).click()
  await expect(panel).toHaveCount(0)
  await expect.poll(() => inMenu(app)).toEqual([first])
})
