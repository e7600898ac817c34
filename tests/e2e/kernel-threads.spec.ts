import { expect } from '@playwright/test'
import { test } from './lab'
import { choosePreset, waitForEngine } from './steps'

/** 515 points are enough for the engine to start a second thread (engine/kernels/kernel-pool.ts). */
test('the kernels of many points are computed in the window’s engine', async ({ machine }) => {
  const { page } = await machine.start()
  await waitForEngine(page)
  await choosePreset(page, /^Quick/)
  await page.getByLabel('Test angles').fill('500')
  await page.getByLabel('Networks per ensemble').fill('2')
  await page.getByLabel('Steps', { exact: true }).fill('20')
  await page.getByRole('button', { name: 'Launch' }).click()
  await expect(page.getByTestId('run-status')).toHaveText(/completed/, { timeout: 60_000 })
  const chart = page.getByRole('region', { name: 'Comparison' }).getByRole('img').first()
  await expect(chart.locator('text', { hasText: 'SG-NTK prediction' })).toBeVisible()
})
