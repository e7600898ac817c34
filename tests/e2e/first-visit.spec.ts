import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { test } from './lab'
import { openSection, readAgreement, waitForEngine } from './steps'

async function launch(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Launch' }).click()
  await expect(page.getByTestId('run-status')).toHaveText(/completed/, { timeout: 150_000 })
}

test('a first visit: a preset, its agreement, another surrogate, what that changes, a figure', async ({
  machine
}) => {
  test.slow()
  const lab = await machine.start()
  const { page } = lab
  await waitForEngine(page)

  const first =
    await test.step('a preset is begun with, and agrees with its prediction', async () => {
      await page
        .getByRole('region', { name: 'First look' })
        .getByRole('button', { name: /^Quick/ })
        .click()
      await page.getByLabel('Networks per ensemble').fill('24')
      await launch(page)
      const chart = page.getByRole('region', { name: 'Comparison' }).getByRole('img').first()
      await expect(chart.locator('text', { hasText: 'SG-NTK prediction' })).toBeVisible()
      const agreement = await readAgreement(page)
      // Outputs are of the order of 2.
      expect(Number(agreement['RMSE of the mean'])).toBeLessThan(0.3)
      return agreement
    })

  const second = await test.step('a copy is trained with another surrogate', async () => {
    await page.getByRole('button', { name: 'Edit a copy' }).click()
    await page.getByRole('combobox', { name: 'Surrogate derivative' }).click()
    await page.getByRole('option', { name: /^Triangular/ }).click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Quick, triangular')
    await launch(page)
    return readAgreement(page)
  })

  await test.step('what differs is said: the surrogate alone, and other results', async () => {
    expect(second).not.toEqual(first)
    await openSection(page, 'Runs')
    await page.getByRole('checkbox', { name: 'Choose all runs' }).check()
    const comparison = page.getByRole('region', { name: 'Comparison' })
    await expect(comparison.getByRole('row', { name: /surrogate\.name/ }).first()).toContainText(
      /erf_prime.*triangular|triangular.*erf_prime/
    )
    await expect(comparison.getByRole('row', { name: /^seed/ })).toHaveCount(0)
  })

  await test.step('the figure leaves the window', async () => {
    await page
      .getByRole('list', { name: 'Runs' })
      .getByRole('button', { name: /triangular/ })
      .click()
    await page.getByRole('button', { name: 'Export comparison as SVG' }).click()
    await expect.poll(() => readdirSync(machine.exports)).toHaveLength(1)
    const [name = ''] = readdirSync(machine.exports)
    expect(readFileSync(join(machine.exports, name), 'utf8')).toMatch(
      /^<svg[\s\S]*SG-NTK prediction[\s\S]*<\/svg>\s*$/
    )
  })
  expect(lab.said).toEqual([])
})
