import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './lab'
import { doShortRun, openOther, waitForEngine } from './steps'

const program = resolve(import.meta.dirname, '../../out/main/cli.js')

test('a session that another program writes is opened read-only, and follows it', async ({
  machine
}) => {
  const other = join(machine.folder, 'other.tangent')
  const writer = spawn(process.execPath, [program, 'run', 'figure-3', '--session', other], {
    stdio: 'ignore'
  })
  try {
    await expect.poll(() => existsSync(`${other}.lock`), { timeout: 30_000 }).toBe(true)
    const { app, page } = await machine.start()
    await waitForEngine(page)
    await openOther(app, other)
    await expect(page.getByText('read-only', { exact: true })).toBeVisible()
    await expect(page.getByRole('list', { name: 'Runs' })).toContainText('running')
    writer.kill('SIGINT')
    await expect(page.getByRole('list', { name: 'Runs' })).toContainText('paused', {
      timeout: 20_000
    })
  } finally {
    writer.kill('SIGKILL')
  }
})

test('a damaged session is restored from its backup', async ({ machine }) => {
  const first = await machine.start()
  await waitForEngine(first.page)
  await doShortRun(first.page)
  await first.app.close()
  expect(existsSync(`${machine.session}.backup`)).toBe(true)
  const damaged = join(machine.folder, 'damaged.tangent')
  copyFileSync(`${machine.session}.backup`, `${damaged}.backup`)
  writeFileSync(damaged, readFileSync(machine.session).fill(0xa5, 4096, 40_000))

  const { app, page } = await machine.start('--session', join(machine.folder, 'fresh.tangent'))
  await waitForEngine(page)
  await openOther(app, damaged)
  await expect(page.getByRole('list', { name: 'Runs' })).toContainText('completed')
  expect(readdirSync(machine.folder).filter((name) => name.startsWith('damaged '))).toHaveLength(1)
})
