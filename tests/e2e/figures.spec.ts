import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './lab'
import { command, doShortRun, waitForEngine } from './steps'

const screenshots = 'artefacts/screenshots'

test('every figure of a run can be looked into, read as numbers and exported', async ({
  machine
}) => {
  const lab = await machine.start()
  const { page } = lab
  await lab.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800)
  })
  await waitForEngine(page)
  await doShortRun(page)
  const figures = page.getByRole('region', { name: 'More figures' })
  const chart = figures.getByRole('img').first()
  await figures.scrollIntoViewIfNeeded()

  await test.step('all kinds that the data allow are drawn, the others say why not', async () => {
    const kinds = await figures.getByRole('listbox').getByRole('option').all()
    expect(kinds.length).toBeGreaterThan(10)
    for (const kind of kinds) {
      if (await kind.isDisabled()) {
        expect(await kind.getAttribute('title')).not.toBe('')
        continue
      }
      const name = (await kind.innerText()).trim()
      await kind.click()
      await expect(kind).toHaveAttribute('aria-selected', 'true')
      await expect(chart).toBeVisible()
      await expect(figures.getByText('Drawing…')).toBeHidden()
      await page.waitForTimeout(200)
      const file = `figure-${name.toLowerCase().replaceAll(/\W+/g, '-')}.png`
      await page.screenshot({ path: join(screenshots, file) })
    }
  })

  await test.step('a part of a figure fills it, and the whole comes back', async () => {
    await figures.getByRole('option', { name: 'Calibration' }).click()
    // One on either axis.
    const mark = chart.locator('text').filter({ hasText: /^0\.8$/ })
    await expect(mark).toHaveCount(2)
    const reset = figures.getByRole('button', { name: 'Reset view' })
    await expect(reset).toBeDisabled()
    const box = await chart.boundingBox()
    if (!box) throw new Error('no figure')
    await page.mouse.move(box.x + 0.7 * box.width, box.y + 0.4 * box.height)
    await expect(figures.getByText(/^predicted share inside = 0/)).toBeVisible()
    await page.screenshot({ path: join(screenshots, 'figure-under-pointer.png') })
    await page.mouse.down()
    await page.mouse.move(box.x + 0.8 * box.width, box.y + 0.6 * box.height, { steps: 4 })
    await page.mouse.up()
    await expect(reset).toBeEnabled()
    await expect(mark).toHaveCount(0)
    await reset.click()
    await expect(mark).toHaveCount(2)
  })

  await test.step('its numbers are beside it', async () => {
    await figures.getByRole('button', { name: 'Data' }).click()
    await expect(figures.getByRole('columnheader', { name: 'normal quantile' })).toBeVisible()
    await expect(figures.getByRole('cell').first()).toHaveText(/^-?\d/)
    await command(page, 'Theme: dark')
    await page.waitForTimeout(300)
    await page.screenshot({ path: join(screenshots, 'figure-data-dark.png') })
  })
  expect(lab.said, 'nothing was refused by the content security policy').toEqual([])
})
