import { symlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setupFolder } from './project.mjs'
import { readRequirements, wheelPath } from './wheels.mjs'
import { extractZip } from './zip.mjs'

/**
 * The wheels with TensorFlow's libraries and, for the CUDA build, NVIDIA's.
 *
 * @param {'cpu' | 'cuda'} flavour
 */
export function tensorflowWheels(flavour) {
  return readRequirements(join(setupFolder, 'requirements', `tensorflow-${flavour}.txt`))
}

/**
 * Lays the libraries and the few C headers out as tfjs-node expects them below its package folder.
 * TensorFlow looks for NVIDIA's libraries in `../nvidia/<name>/lib` beside its own.
 *
 * @param {string} cache
 * @param {'cpu' | 'cuda'} flavour
 * @param {string} folder
 */
export async function layOutTensorflow(cache, flavour, folder) {
  for (const wheel of tensorflowWheels(flavour)) {
    const place = wheel.name.startsWith('nvidia') ? nvidiaDestination : tensorflowDestination
    await extractZip(wheelPath(cache, wheel), join(folder, 'deps'), place)
  }
  const lib = join(folder, 'deps', 'lib')
  await symlink('libtensorflow_cc.so.2', join(lib, 'libtensorflow.so'))
  await symlink('libtensorflow_framework.so.2', join(lib, 'libtensorflow_framework.so'))
}

/**
 * @param {string} name a member of TensorFlow's wheel
 * @returns {string | undefined}
 */
export function tensorflowDestination(name) {
  if (/^tensorflow\/libtensorflow_(cc|framework)\.so\.2$/.test(name)) return `lib/${basename(name)}`
  if (name === 'tensorflow/THIRD_PARTY_NOTICES.txt') return `lib/${basename(name)}`
  if (name === 'tensorflow/include/LICENSE') return 'lib/LICENSE'
  const header =
    /^tensorflow\/(include\/(tensorflow\/c|tensorflow\/core\/platform|tsl\/platform|xla\/tsl\/c)\/.*\.h)$/
  return header.exec(name)?.[1]
}

/**
 * @param {string} name a member of one of NVIDIA's wheels, such as `nvidia/cudnn/lib/libcudnn.so.9`
 * @returns {string | undefined}
 */
export function nvidiaDestination(name) {
  if (/^nvidia\/\w+\/lib\/[^/]+\.so[.\d]*$/.test(name)) return name
  // TensorFlow's own compiler (XLA) looks for these beside its libraries, too.
  if (/^nvidia\/cuda_nvcc\/(bin\/ptxas|nvvm\/libdevice\/.*|nvvm\/lib64\/.*)$/.test(name))
    return name
  const licence = /^(nvidia_\w+)-[\d.]+\.dist-info\/.*(License.*)$/i.exec(name)
  return licence ? `nvidia/licences/${licence[1]}-${licence[2]}` : undefined
}
