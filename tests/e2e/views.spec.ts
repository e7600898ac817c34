import { join } from 'node:path'
import { expect } from '@playwright/test'
import { expectNoViolations } from './accessibility'
import { test } from './lab'
import { look, screenshots } from './look'
import { chooseTheme, command, doShortRun, openSection, waitForEngine } from './steps'

test('every view can be read and operated by everyone', async ({ machine }) => {
  // axe looks at every view twice, which takes minutes on a busy machine.
  test.slow()
  const lab = await machine.start()
  const { page } = lab
  await lab.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800)
  })
  await waitForEngine(page)
  await expect(page.getByRole('region', { name: 'First look' })).toBeVisible()
  await look(page, 'start-empty')
  await doShortRun(page)
  await look(page, 'run')
  for (const section of await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('button')
    .all()) {
    const title = (await section.innerText()).trim()
    await section.click()
    await look(page, title.toLowerCase())
  }

  await test.step('over the window', async () => {
    await openSection(page, 'Design')
    await page.keyboard.press('F1')
    await expect(page.getByRole('region', { name: 'Explanation', exact: true })).toBeVisible()
    await look(page, 'explanation')
    await command(page, 'Tour of the three results')
    await expect(page.getByRole('region', { name: 'Tour' })).toBeVisible()
    await look(page, 'tour')
    await page.getByRole('button', { name: 'End the tour' }).click()
    await page.keyboard.press('F1')
    await page.keyboard.press('Control+K')
    await page.screenshot({ path: join(screenshots, 'palette-dark.png') })
    // The keyboard moves through the list from the field above it, as in every combobox.
    await expectNoViolations(page, 'palette', ['scrollable-region-focusable'])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+/')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await page.screenshot({ path: join(screenshots, 'shortcuts-dark.png') })
    await expectNoViolations(page, 'shortcuts')
    await page.keyboard.press('Escape')
  })

  await test.step('two tabs side by side', async () => {
    await page.keyboard.press('Control+\\')
    await expect(page.getByRole('tablist', { name: 'Open documents' })).toHaveCount(2)
    await look(page, 'split')
    await chooseTheme(page, 'Light')
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  })
  expect(lab.said, 'nothing was refused by the content security policy').toEqual([])
})
