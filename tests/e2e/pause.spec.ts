import { expect } from '@playwright/test'
import { test } from './lab'
import { choosePreset, waitForEngine } from './steps'

test('a run is paused, and resumed after a restart', async ({ machine }) => {
  const first = await machine.start()
  await waitForEngine(first.page)
  await choosePreset(first.page, /^Quick/)
  await first.page.getByLabel('Networks per ensemble').fill('8')
  await first.page.getByLabel('Steps', { exact: true }).fill('6000')
  await first.page.getByRole('button', { name: 'Launch' }).click()
  await expect(first.page.getByRole('region', { name: 'Progress' })).toContainText(
    /Training the networks.*step [1-9]/s
  )
  await first.page.getByRole('button', { name: 'Pause' }).click()
  await expect(first.page.getByTestId('run-status')).toHaveText(/paused/)
  await expect(first.page.getByText('The run is paused.')).toBeVisible()
  await first.page.screenshot({ path: 'artefacts/screenshots/paused-light.png' })
  await first.app.close()

  const { page } = await machine.start()
  await waitForEngine(page)
  const runs = page.getByRole('list', { name: 'Runs' }).getByRole('button')
  await expect(runs).toHaveText([/paused/])
  await runs.click()
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByTestId('run-status')).toHaveText(/completed/, { timeout: 60_000 })
  await expect(runs).toHaveText([/completed/])
  await expect(page.getByRole('button', { name: 'Resume' })).toHaveCount(0)
})
