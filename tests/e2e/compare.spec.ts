import { expect, type Page } from '@playwright/test'
import { test } from './lab'
import { look } from './look'
import { choosePreset, openSection, waitForEngine } from './steps'

/** A run of about a second, of two widths. */
async function runWithSeed(page: Page, seed: number): Promise<void> {
  await choosePreset(page, /^Quick/)
  await page.getByLabel('Networks per ensemble').fill('4')
  await page.getByLabel('Steps', { exact: true }).fill('50')
  await page.getByLabel('Widths').fill('32, 64')
  await page.getByLabel('Seed', { exact: true }).fill(String(seed))
  await page.getByRole('button', { name: 'Launch' }).click()
  await expect(page.getByTestId('run-status')).toHaveText(/completed/, { timeout: 60_000 })
}

test('runs are laid over one another, and their results held against parameters', async ({
  machine
}) => {
  test.slow()
  const lab = await machine.start()
  const { page } = lab
  await lab.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800)
  })
  await waitForEngine(page)
  for (const seed of [1, 2]) await runWithSeed(page, seed)
  await openSection(page, 'Compare')
  await expect(page.getByText('Choose runs on the left.')).toBeVisible()
  await page.getByRole('button', { name: 'All', exact: true }).click()
  const compared = page.getByRole('region', { name: 'Compared' })
  const words = compared.getByRole('img').locator('text')
  const choose = async (field: string, item: string): Promise<void> => {
    await page.getByRole('combobox', { name: field, exact: true }).click()
    await page.getByRole('option', { name: item, exact: true }).click()
  }

  await test.step('functions of all ensembles, told apart by width and seed, with what is predicted of all', async () => {
    await expect(words.filter({ hasText: 'SG-NTK prediction' })).toHaveCount(1)
    await expect(words.filter({ hasText: /^width 32, seed 1$/ })).toHaveCount(1)
    await expect(words.filter({ hasText: /^width 64, seed 2$/ })).toHaveCount(1)
    await page.getByRole('checkbox', { name: 'width 32' }).first().uncheck()
    await expect(words.filter({ hasText: /^width/ })).toHaveCount(3)
    await look(page, 'compare')
  })

  await test.step('results over seeds against the width', async () => {
    await page.getByRole('checkbox', { name: 'width 32' }).first().check()
    await choose('Figure', 'Results and parameters')
    await expect(words.filter({ hasText: 'mean, 95 % interval' })).toHaveCount(1)
    await choose('Result', 'finalLoss')
    await expect(words.filter({ hasText: /^finalLoss$/ })).toHaveCount(1)
    await look(page, 'compare-results')
  })

  await test.step('what no run has is said', async () => {
    await choose('Figure', 'Kernel error and width, pooled')
    await expect(compared.getByRole('alert')).toContainText('none of these runs recorded')
    await choose('Figure', 'Losses, overlay')
    await expect(words.filter({ hasText: /^training step/ })).toHaveCount(1)
  })

  await test.step('such a figure is edited like any other', async () => {
    await compared.getByRole('button', { name: /^Edit/ }).click()
    const editor = page.getByRole('region', { name: 'Figure editor' })
    await expect(editor.getByRole('img').locator('svg')).toBeVisible()
    await expect(editor.getByLabel('Name of the figure')).toHaveValue('Losses, overlay')
  })
  expect(lab.said, 'nothing was refused by the content security policy').toEqual([])
})
