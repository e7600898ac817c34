import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { entryName } from './cache.mjs'
import { nodeGypRebuild } from './node-gyp.mjs'
import { lockedPackage } from './project.mjs'
import { layOutTensorflow, tensorflowWheels } from './tensorflow.mjs'

const PACKAGE = '@tensorflow/tfjs-node-gpu'
/** The highest Node-API version that the package asks for; it then looks in `lib/napi-v8`. */
const NODE_API = 8

/**
 * @param {string} root
 * @param {'cpu' | 'cuda'} flavour
 */
export function tfjsEntryName(root, flavour) {
  const wheels = tensorflowWheels(flavour)
  const { version, integrity } = lockedPackage(root, PACKAGE)
  const label = `${version}-tensorflow-${wheels[0]?.version}-${flavour}`
  return entryName('tfjs', label, { layout: 1, integrity, NODE_API, wheels })
}

/**
 * Builds tfjs-node's addon from the sources in its package against TensorFlow's libraries from the
 * Python wheel: the package's own installer downloads an older TensorFlow without today's CUDA, from
 * a host that not every network reaches.
 *
 * @param {string} root
 * @param {string} cache
 * @param {'cpu' | 'cuda'} flavour
 * @param {string} folder
 * @param {(doing: string) => void} doing
 */
export async function buildTfjs(root, cache, flavour, folder, doing) {
  doing('unpacking')
  await layOutTensorflow(cache, flavour, folder)
  doing('compiling')
  const sources = ['binding', 'binding.gyp', 'package.json']
  for (const name of sources) {
    await cp(join(root, 'node_modules', PACKAGE, name), join(folder, name), { recursive: true })
  }
  const out = join(folder, 'lib', `napi-v${NODE_API}`)
  await nodeGypRebuild(
    folder,
    [
      `--module=${join(out, 'tfjs_binding.node')}`,
      '--module_name=tfjs_binding',
      `--module_path=${out}`,
      `--napi_build_version=${NODE_API}`
    ],
    { what: "tfjs-node's addon could not be built" }
  )
  for (const name of [...sources, 'build', join('deps', 'include')]) {
    await rm(join(folder, name), { recursive: true })
  }
  return `built against TensorFlow's ${flavour === 'cuda' ? 'CUDA' : 'CPU'} libraries from the Python wheel`
}

/**
 * The links that make the package in node_modules use an entry.
 *
 * @param {string} root
 * @param {string} entry
 * @returns {[path: string, target: string][]}
 */
export function tfjsLinks(root, entry) {
  const folder = join(root, 'node_modules', PACKAGE)
  return [
    [join(folder, 'deps'), join(entry, 'deps')],
    [join(folder, 'lib'), join(entry, 'lib')]
  ]
}
