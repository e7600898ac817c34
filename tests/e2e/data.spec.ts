import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './lab'
import { openSection, waitForEngine } from './steps'

const screenshots = 'artefacts/screenshots'

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
