import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  desktopNeeds,
  installNeeds,
  missingNeeds,
  toolchainNeeds
} from '../../resources/setup/apt.mjs'
import { sandboxWorks } from '../../resources/setup/sandbox.mjs'
import { hasDisplay } from '../../resources/setup/display.mjs'
import { tensorflowFlavour } from '../../resources/setup/gpu.mjs'
import { requireNode } from '../../resources/setup/node-version.mjs'
import { temporaryFolder } from './folders'

test('a display is there by its variables on Linux, and always on macOS and Windows', () => {
  expect(hasDisplay('linux', {})).toBe(false)
  expect(hasDisplay('linux', { DISPLAY: '' })).toBe(false)
  expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true)
  expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
  expect(hasDisplay('darwin', {})).toBe(true)
  expect(hasDisplay('win32', {})).toBe(true)
})

test('TANGENT_GPU decides between the CPU and the CUDA build', async () => {
  expect(await tensorflowFlavour({ TANGENT_GPU: '0' })).toBe('cpu')
  expect(await tensorflowFlavour({ TANGENT_GPU: '1' })).toBe('cuda')
})

test('Node older than 20.15 is refused with what to do', () => {
  for (const version of ['20.15.0', '20.20.2', '22.0.0', '24.1.0']) requireNode(version)
  for (const version of ['18.20.0', '20.14.0']) {
    expect(() => {
      requireNode(version)
    }).toThrow(/too old[^]*to do: install a newer Node/)
  }
})

test.runIf(process.platform === 'linux')('missing libraries and programs are found', async () => {
  const folder = temporaryFolder()
  mkdirSync(folder, { recursive: true })
  for (const program of ['python3', 'pip', 'make']) writeFileSync(join(folder, program), '')
  const libraries = '\tlibnss3.so (libc6,x86-64) => /lib\n\tlibgbm.so.1 (libc6,x86-64) => /lib\n'
  const system = { path: folder, libraries }
  const names = (needs: { packages: string[] }[]) => needs.map((need) => need.packages.at(-1))
  expect(names(await missingNeeds(toolchainNeeds, system))).toEqual(['g++'])
  expect(names(await missingNeeds(desktopNeeds, system))).toEqual(['libgtk-3-0', 'libasound2'])
})

test('a plain user gets one message with the exact command', async () => {
  await expect(installNeeds([...toolchainNeeds, ...desktopNeeds], 1000)).rejects.toThrow(
    /lacks python3, .*libgtk-3\.so\.0.*\n[^]*to do: .*python3-pip.*libgtk-3-0/
  )
})

test.runIf(process.platform === 'linux')(
  'the sandbox needs user namespaces and no root',
  async () => {
    const works = () => Promise.resolve(true)
    const fails = () => Promise.resolve(false)
    expect(await sandboxWorks(works, 1000)).toBe(true)
    expect(await sandboxWorks(fails, 1000)).toBe(false)
    expect(await sandboxWorks(works, 0)).toBe(false)
  }
)
