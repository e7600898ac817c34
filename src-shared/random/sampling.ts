import { fillWords, streamPurpose, type StreamAddress } from './stream'

/**
 * `count` different indices below `total`, by a seeded Fisher–Yates shuffle, in drawn order.
 *
 * @param stream tells draws of one seed apart
 */
export function sampleWithoutReplacement(
  total: number,
  count: number,
  seed: number,
  stream: Omit<StreamAddress, 'seed'> = { purpose: streamPurpose.trainingPoints }
): number[] {
  const indices = Array.from({ length: total }, (_, i) => i)
  const words = new Uint32Array(count)
  fillWords({ seed, ...stream }, words)
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(((words[i] ?? 0) / 2 ** 32) * (total - i))
    const kept = indices[i] ?? 0
    indices[i] = indices[j] ?? 0
    indices[j] = kept
  }
  return indices.slice(0, count)
}
