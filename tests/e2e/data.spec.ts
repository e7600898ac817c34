import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './lab'
import { look, screenshots } from './look'
import { openSection, waitForEngine } from './steps'

test('data of every kind are looked at and taken into the design', async ({ machine }) => {
  const lab = await machine.start()
  const { page } = lab
  await lab.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800)
  })
  await waitForEngine(page)
  await openSection(page, 'Data')
  const choose = async (title: RegExp): Promise<void> => {
    await page
      .getByRole('navigation', { name: 'Data' })
      .getByRole('button', { name: title })
      .click()
  }
  const points = page.getByRole('region', { name: 'Points', exact: true })
  const symmetry = page.getByTestId('symmetry')

  await test.step('the circle of the design, on which the kernel is symmetric', async () => {
    await expect(symmetry).toContainText('is symmetric')
    await expect(points).toContainText('The plane of both inputs.')
    await page.screenshot({ path: join(screenshots, 'data-circle.png') })
  })

  await test.step('a disc, on which it is not', async () => {
    await choose(/^Disc/)
    await expect(symmetry).toContainText('not symmetric')
  })

  await test.step('a sphere, which can be turned', async () => {
    await choose(/^Sphere/)
    await expect(points).toContainText('orthographic')
    await page.getByRole('slider', { name: 'Turn' }).fill('-60')
    await page.getByLabel('Training points').fill('200')
    await expect(page.getByRole('region', { name: 'Numbers' })).toContainText('200')
    await page.waitForTimeout(300)
    await page.screenshot({ path: join(screenshots, 'data-sphere.png') })
  })

  await test.step('real data, by their principal components', async () => {
    await choose(/^Digits/i)
    await expect(points).toContainText('principal components')
    await expect(page.getByRole('region', { name: 'Origin' })).toContainText('SHA-256')
    await page.screenshot({ path: join(screenshots, 'data-digits.png') })
    await choose(/^XOR/)
    await expect(points).toContainText('The plane of both inputs.')
    await page.waitForTimeout(300)
    await page.screenshot({ path: join(screenshots, 'data-xor.png') })
    await choose(/^Step/)
    await expect(points).toContainText('One input.')
    await page.waitForTimeout(300)
    await page.screenshot({ path: join(screenshots, 'data-step.png') })
  })

  await test.step('what is shown is used', async () => {
    await choose(/^Disc/)
    await page.getByLabel('Inner radius').fill('0.4')
    await page.getByRole('button', { name: 'Use in design' }).click()
    await expect(page.getByText('Disc: 20 training points and 100 test points.')).toBeVisible()
  })
  expect(lab.said).toEqual([])
})

/** Twelve points on a parabola; one of them lacks its value where `gap` says so. */
function parabola(gap: number | null): string {
  const rows = Array.from({ length: 12 }, (_, i) => {
    const x = (2 * i) / 11 - 1
    return `${x.toFixed(4)},${i === gap ? '' : (1 - x).toFixed(4)},${(x * x).toFixed(4)}`
  })
  return ['u,v,w', ...rows, ''].join('\n')
}

test('a file is imported, its columns given roles, and an experiment learns from it', async ({
  machine
}) => {
  const lab = await machine.start()
  const { page } = lab
  await lab.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800)
  })
  await waitForEngine(page)
  await openSection(page, 'Data')
  const file = join(machine.exports, 'import.csv')
  const store = page.getByRole('button', { name: 'Store in the session' })
  const alert = page.getByRole('form', { name: 'Import' }).getByRole('alert')

  await test.step('a missing value is refused with its column and line', async () => {
    writeFileSync(file, parabola(3))
    await page.getByRole('button', { name: 'Import data…' }).click()
    await expect(alert).toContainText('Column “v” has no value, or an infinite one, in line 5')
    await expect(store).toBeDisabled()
    await look(page, 'data-import-missing')
  })

  await test.step('the completed file is stored, by keys alone', async () => {
    writeFileSync(file, parabola(null))
    await page.getByRole('button', { name: 'Read again' }).focus()
    await page.keyboard.press('Enter')
    await expect(alert).toHaveText('')
    const role = page.getByRole('group', { name: 'Role of v' })
    await role.getByRole('radio', { name: 'input' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Space')
    await expect(role.getByRole('radio', { name: 'target' })).toBeChecked()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Space')
    await expect(role.getByRole('radio', { name: 'input' })).toBeChecked()
    await page.getByRole('combobox', { name: 'Inputs' }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('combobox', { name: 'Inputs' })).toContainText('on a sphere')
    await page.getByLabel('Share of test points').fill('0.25')
    const name = page.getByRole('textbox', { name: 'Name' })
    await name.fill('Parabola')
    await name.press('Enter')
  })

  await test.step('it is shown as it will be used', async () => {
    await expect(page.getByRole('heading', { name: 'Parabola' })).toBeVisible()
    const numbers = page.getByRole('region', { name: 'Numbers' })
    await expect(numbers).toContainText(/Training points\s*9\s*Test points\s*3\s*Inputs\s*2/)
    await expect(page.getByTestId('symmetry')).toContainText('is symmetric')
    await expect(page.getByRole('region', { name: 'Origin' })).toContainText('import.csv')
    await look(page, 'data-stored')
  })

  await test.step('an experiment learns from it', async () => {
    await page.getByRole('button', { name: 'Use in design' }).click()
    await expect(page.getByText(/Data stored in this session/)).toBeVisible()
    await page.getByLabel('Networks per ensemble').fill('4')
    await page.getByLabel('Steps', { exact: true }).fill('50')
    await page.getByRole('button', { name: 'Launch' }).click()
    await expect(page.getByTestId('run-status')).toHaveText(/completed/, { timeout: 60_000 })
  })
  expect(lab.said).toEqual([])
})
