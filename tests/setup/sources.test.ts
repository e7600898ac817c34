import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { installElectron } from '../../resources/setup/electron-runtime.mjs'
import { runtimeDestination } from '../../resources/setup/electron-sources.mjs'
import { projectRoot } from '../../resources/setup/project.mjs'
import {
  nvidiaDestination,
  tensorflowDestination,
  tensorflowWheels
} from '../../resources/setup/tensorflow.mjs'
import { temporaryFolder } from './folders'

interface Request {
  folder: string
  version: string
}

const doing = () => {}

const unreachable = ({ folder }: Request) => {
  writeFileSync(join(folder, 'half an archive'), '')
  return Promise.reject(new Error('no answer within 20 s'))
}

const working = ({ folder, version }: Request) => {
  writeFileSync(join(folder, 'electron'), version)
  return Promise.resolve('from the second source')
}

test('the first source that works wins, and what the others left is removed', async () => {
  const folder = temporaryFolder()
  const told = await installElectron(projectRoot, folder, doing, [unreachable, working])
  expect(told).toBe('from the second source (own download not reachable: no answer within 20 s)')
  expect(readdirSync(folder)).toEqual(['electron'])
  const other = temporaryFolder()
  expect(await installElectron(projectRoot, other, doing, [working, unreachable])).toBe(
    'from the second source'
  )
})

test('when no source works, the error names each reason and what to do', async () => {
  const folder = temporaryFolder()
  await expect(installElectron(projectRoot, folder, doing, [unreachable])).rejects.toThrow(
    /could not be installed[^]*no answer within 20 s[^]*to do: check the network/
  )
  expect(existsSync(join(folder, 'half an archive'))).toBe(false)
})

test('of a carried runtime only Electron’s own files are taken, under their own names', () => {
  const place = (name: string) => runtimeDestination(name, 'Carrier')
  expect(place('Carrier/Carrier')).toBe('electron')
  expect(place('Carrier/LICENSE.electron.txt')).toBe('LICENSE')
  expect(place('Carrier/LICENSES.chromium.html')).toBe('LICENSES.chromium.html')
  expect(place('Carrier/locales/en-US.pak')).toBe('locales/en-US.pak')
  expect(place('Carrier/resources/app/index.js')).toBeUndefined()
  expect(place('Carrier/browser_v8_context_snapshot.bin')).toBeUndefined()
})

test('of the wheels only libraries, C headers and licences are taken', () => {
  expect(tensorflowDestination('tensorflow/libtensorflow_cc.so.2')).toBe(
    'lib/libtensorflow_cc.so.2'
  )
  expect(tensorflowDestination('tensorflow/include/tensorflow/c/c_api.h')).toBe(
    'include/tensorflow/c/c_api.h'
  )
  expect(tensorflowDestination('tensorflow/python/_pywrap_tfe.so')).toBeUndefined()
  expect(nvidiaDestination('nvidia/cudnn/lib/libcudnn.so.9')).toBe('nvidia/cudnn/lib/libcudnn.so.9')
  expect(nvidiaDestination('nvidia/cuda_nvcc/bin/ptxas')).toBe('nvidia/cuda_nvcc/bin/ptxas')
  expect(nvidiaDestination('nvidia/cudnn/include/cudnn.h')).toBeUndefined()
})

test('every pinned wheel has a version, a size and a checksum', () => {
  const [cpu, ...rest] = tensorflowWheels('cpu')
  expect(rest).toEqual([])
  expect(cpu).toMatchObject({ name: 'tensorflow-cpu', version: '2.21.0', size: 273829956 })
  const cuda = tensorflowWheels('cuda')
  expect(cuda[0]).toMatchObject({ name: 'tensorflow', version: cpu?.version })
  expect(cuda.length).toBeGreaterThan(8)
})
