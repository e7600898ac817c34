import { existsSync } from 'node:fs'
import { onPath } from './apt.mjs'
import { commandWorks } from './run-command.mjs'

/**
 * Which TensorFlow to install: the CUDA build where there is an NVIDIA GPU, else the CPU build.
 * `TANGENT_GPU` decides instead when it is 0 or 1.
 *
 * @param {Record<string, string | undefined>} [env]
 * @returns {Promise<'cpu' | 'cuda'>}
 */
export async function tensorflowFlavour(env = process.env) {
  if (env.TANGENT_GPU === '1') return 'cuda'
  if (env.TANGENT_GPU === '0' || process.platform !== 'linux') return 'cpu'
  if (existsSync('/proc/driver/nvidia/version') || existsSync('/dev/nvidia0')) return 'cuda'
  // Inside Windows' Linux there are no device files, but its driver brings the tool.
  const found = onPath('nvidia-smi', env.PATH) && (await commandWorks('nvidia-smi', ['-L']))
  return found ? 'cuda' : 'cpu'
}
