import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './lab'
import { chooseTheme, openSection, waitForEngine } from './steps'

const fixture = join(import.meta.dirname, '../session/fixtures/format-4.sqlite')

test('runs are searched, compared, archived, and brought back', async ({ machine }) => {
  copyFileSync(fixture, machine.session)
  const { app, page } = await machine.start()
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800)
  })
  await waitForEngine(page)
  await openSection(page, 'Runs')
  const boxes = page.getByRole('main').getByRole('checkbox', { name: /^Choose (?!all)/ })
  await expect(boxes).toHaveCount(1)
  await page.getByLabel('Archived').check()
  await expect(boxes).toHaveCount(2)
  await page.getByLabel('Search').fill('tag:baseline')
  await expect(boxes).toHaveCount(1)
  await page.getByLabel('Search').fill('')
  await page.getByLabel('Choose all runs').check()
  await expect(page.getByRole('region', { name: 'Comparison' })).toContainText('Only what differs')
  for (const theme of ['Light', 'Dark']) {
    await chooseTheme(page, theme)
    await page.screenshot({ path: `artefacts/screenshots/runs-${theme.toLowerCase()}.png` })
  }
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(boxes).toHaveCount(0)
  await page
    .getByRole('group', { name: 'Chosen runs' })
    .getByRole('button', { name: 'Undo' })
    .click()
  await expect(boxes).toHaveCount(2)
})
