import { expect } from '@playwright/test'
import { test } from './lab'
import { documentTabs, doShortRun, openSection, waitForEngine } from './steps'

test('the window keeps what is open, and how it is divided', async ({ machine }) => {
  const lab = await machine.start()
  const { page } = lab
  await waitForEngine(page)
  await doShortRun(page)
  const tabs = documentTabs(page)
  await expect(tabs).toHaveText([/Start/, /Design/, /Quick/])

  await test.step('tabs are closed by keyboard and by pointer, and put in order by dragging', async () => {
    await tabs.nth(0).focus()
    await page.keyboard.press('Delete')
    await expect(tabs).toHaveText([/Design/, /Quick/])
    await openSection(page, 'Start')
    await expect(tabs).toHaveCount(3)
    await tabs.filter({ hasText: 'Start' }).locator('.close').click()
    await expect(tabs).toHaveText([/Design/, /Quick/])
    await tabs.nth(1).dragTo(tabs.nth(0))
    await expect(tabs).toHaveText([/Quick/, /Design/])
  })

  await test.step('the sidebar is made broader by keyboard and by pointer', async () => {
    const border = page.getByRole('separator', { name: 'Width of the sidebar' })
    const widthBefore = await sidebarWidth()
    await border.focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(sidebarWidth).toBeGreaterThan(widthBefore + 10)
    const widthBroader = await sidebarWidth()
    const box = await border.boundingBox()
    if (!box) throw new Error('the border is not shown')
    await page.mouse.move(box.x, box.y + 300)
    await page.mouse.down()
    await page.mouse.move(box.x - 60, box.y + 300, { steps: 5 })
    await page.mouse.up()
    await expect.poll(sidebarWidth).toBeLessThan(widthBroader - 40)
  })

  await test.step('all of it is there after a restart', async () => {
    expect(lab.said, 'the content security policy refused nothing').toEqual([])
    const width = await sidebarWidth()
    await lab.app.close()
    const again = await machine.start()
    await waitForEngine(again.page)
    await expect(documentTabs(again.page)).toHaveText([/Quick/, /Design/])
    await expect(again.page.getByTestId('run-status')).toHaveText(/completed/)
    const kept = await again.page.locator('.sidebar').boundingBox()
    expect(Math.abs((kept?.width ?? 0) - width)).toBeLessThan(4)

    await again.page.getByRole('button', { name: 'Hide the sidebar' }).click()
    await expect(again.page.getByRole('list', { name: 'Runs' })).toHaveCount(0)
    await again.page.getByRole('button', { name: 'Show the sidebar' }).click()
    await expect(again.page.getByRole('list', { name: 'Runs' })).toBeVisible()
    expect(again.said).toEqual([])
  })

  async function sidebarWidth(): Promise<number> {
    return (await page.locator('.sidebar').boundingBox())?.width ?? 0
  }
})
