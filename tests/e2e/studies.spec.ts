import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './lab'
import { openSection, waitForEngine } from './steps'

test('a study starts from the window, is looked into, exported, and leads to its run', async ({
  machine
}) => {
  test.setTimeout(300_000)
  const { page } = await machine.start()
  await waitForEngine(page)
  await openSection(page, 'Studies')
  await page.getByRole('button', { name: /^Sharp steps have no/ }).click()
  await page.getByRole('button', { name: 'Quick' }).click()
  await expect(page.getByRole('heading', { name: /findings agree with what/ })).toContainText(
    '27 of 27',
    { timeout: 240_000 }
  )
  await expect(page.getByRole('button', { name: /^quick, .*completed/ })).toBeVisible()

  await test.step('its report, tables and figures go into a folder', async () => {
    await page.getByRole('button', { name: /Export report/ }).click()
    const folder = join(machine.exports, 'ill-posedness-quick')
    await expect(page.getByText(`Saved ${folder}`)).toBeVisible()
    const text = readFileSync(join(folder, 'report.json'), 'utf8')
    expect(JSON.parse(text)).toMatchObject({ study: 'ill-posedness', status: 'completed' })
    for (const file of ['sharpening.pdf', 'sharpening-depth-1.csv']) {
      expect(existsSync(join(folder, file))).toBe(true)
    }
  })

  await test.step('the networks that it trained are a run of the session', async () => {
    const runs = page.getByRole('region', { name: 'Runs of the study' })
    await runs.getByRole('button').click()
    await expect(page.getByTestId('run-status')).toHaveText(/completed/)
  })
})
