import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { test } from './lab'
import { chooseTheme, doShortRun, waitForEngine } from './steps'

const screenshots = 'artefacts/screenshots'

/** By the palette, as users do. */
async function doCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('option', { name: title }).click()
}

test('a figure is copied and sized for print; a run, its data and a report leave the window; a bundle comes in', async ({
  machine
}) => {
  const lab = await machine.start()
  const { page, app } = lab
  await waitForEngine(page)
  await doShortRun(page)
  const inExports = (): string[] => readdirSync(machine.exports)

  await test.step('the clipboard has the figure as a picture and as SVG', async () => {
    await page.getByRole('button', { name: 'Copy comparison' }).click()
    await expect(page.getByRole('status', { name: 'Messages' })).toContainText('Copied the figure')
    const { text, size } = await app.evaluate(({ clipboard }) => ({
      text: clipboard.readText(),
      size: clipboard.readImage().getSize()
    }))
    expect(text).toMatch(/^<svg[\s\S]*SG-NTK prediction[\s\S]*<\/svg>\s*$/)
    expect(size).toEqual({ width: 2250, height: 1500 })
  })

  await test.step('the size of a column is chosen, and kept', async () => {
    await page.getByRole('button', { name: 'Size and colours of the exported comparison' }).click()
    const dialog = page.getByRole('dialog', { name: 'Export comparison' })
    await dialog.getByLabel('Width (mm)').fill('4')
    await expect(dialog.getByText('at least 40 mm')).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Save SVG…' })).toBeDisabled()
    await dialog.getByRole('combobox', { name: 'Size' }).click()
    await page.getByRole('option', { name: 'Single column' }).click()
    await expect(dialog.getByLabel('Width (mm)')).toHaveValue('85')
    for (const theme of ['Light', 'Dark']) {
      await page.evaluate((name) => {
        document.documentElement.dataset['theme'] = name
      }, theme.toLowerCase())
      await page.screenshot({ path: join(screenshots, `export-figure-${theme.toLowerCase()}.png`) })
    }
    await dialog.getByRole('button', { name: 'Save SVG…' }).click()
    await expect.poll(inExports).toHaveLength(1)
    const svg = readFileSync(join(machine.exports, inExports()[0] ?? ''), 'utf8')
    expect(svg).toMatch(/^<svg[^>]* width="85mm" height="68mm"/)
  })

  await test.step('data and a bundle of the run are exported', async () => {
    await chooseTheme(page, 'Light')
    await page.getByRole('button', { name: 'Export…' }).click()
    const dialog = page.getByRole('dialog', { name: /^Export Quick/ })
    await page.screenshot({ path: join(screenshots, 'export-run-light.png') })
    await dialog.getByRole('button', { name: 'Export data…' }).click()
    await expect
      .poll(() => inExports().flatMap((name) => (/^[0-9a-f]{8}-quick/.test(name) ? [name] : [])))
      .toHaveLength(1)
    const folder = inExports().find((name) => /^[0-9a-f]{8}-quick/.test(name)) ?? ''
    await expect.poll(() => existsSync(join(machine.exports, folder, 'agreement.csv'))).toBe(true)
    await page.getByRole('button', { name: 'Export…' }).click()
    await dialog.getByRole('button', { name: 'Export bundle…' }).click()
    await expect.poll(() => inExports().filter((name) => name.endsWith('.zip'))).toHaveLength(1)
  })

  await test.step('a report is saved as HTML and as PDF', async () => {
    for (const format of ['HTML', 'PDF']) {
      await doCommand(page, `Export report as ${format}…`)
      const path = join(machine.exports, `report.${format.toLowerCase()}`)
      await expect.poll(() => existsSync(path), { timeout: 20_000 }).toBe(true)
    }
    expect(readFileSync(join(machine.exports, 'report.html'), 'utf8')).toContain('<h2 id="run-1">')
    const pdf = readFileSync(join(machine.exports, 'report.pdf')).toString('latin1')
    expect(pdf).toMatch(/^%PDF-/)
    expect(pdf).toContain('Inter-Regular')
  })

  await test.step('the bundle is there already', async () => {
    const bundle = inExports().find((name) => name.endsWith('.zip')) ?? ''
    copyFileSync(join(machine.exports, bundle), join(machine.exports, 'import.zip'))
    await doCommand(page, 'Import bundle…')
    await expect(page.getByRole('status', { name: 'Messages' })).toContainText('there already')
  })
  expect(lab.said).toEqual([])
})
