import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { launch } from '../../resources/setup/launch.mjs'

const launchModule = pathToFileURL(
  join(import.meta.dirname, '../../resources/setup/launch.mjs')
).href

test('the exit code is the child’s', async () => {
  expect(await launch(process.execPath, ['-e', 'process.exit(7)'])).toBe(7)
  expect(await launch(process.execPath, ['-e', ''])).toBe(0)
})

test('a program that is not there is an error', async () => {
  await expect(launch('/no/such/program', [])).rejects.toThrow('ENOENT')
})

/** A launcher in a process of its own, with a child that says when it is ready. */
function launcher(childScript: string) {
  const script = `
    import { launch } from ${JSON.stringify(launchModule)}
    process.exitCode = await launch(process.execPath, ['-e', ${JSON.stringify(childScript)}])`
  const started = spawn(process.execPath, ['--input-type=module', '-e', script])
  let output = ''
  started.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return {
    started,
    output: () => output,
    ready: () => expect.poll(() => output, { timeout: 5000 }).toContain('ready')
  }
}

describe.runIf(process.platform !== 'win32')('signals', () => {
  test('a doubled Ctrl-C reaches the child once, and its exit is waited for', async () => {
    const { started, output, ready } = launcher(`
      let count = 0
      process.on('SIGINT', () => { count += 1 })
      setTimeout(() => { console.log('interrupts:', count); process.exit(3) }, 600)
      console.log('ready')`)
    await ready()
    started.kill('SIGINT')
    setTimeout(() => started.kill('SIGINT'), 20)
    expect(await once(started, 'exit')).toEqual([3, null])
    expect(output()).toContain('interrupts: 1')
  })

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143]
  ] as const)('a child ended by %s gives exit code %i', async (signal, code) => {
    const { started, ready } = launcher(`setInterval(() => {}, 1000); console.log('ready')`)
    await ready()
    started.kill(signal)
    expect(await once(started, 'exit')).toEqual([code, null])
  })
})
