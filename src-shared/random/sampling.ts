import { fillWords, streamPurpose } from './stream'

/** `count` different indices below `total`, by a seeded Fisher–Yates shuffle, in drawn order. */
export function sampleWithoutReplacement(total: number, count: number, seed: number): number[] {
  const indices = Array.from({ length: total }, (_, i) => i)
  const words = new Uint32Array(count)
  fillWords({ seed, purpose: streamPurpose.trainingPoints }, words)
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(((words[i] ?? 0) / 2 ** 32) * (total - i))
    const kept = indices[i] ?? 0
    indices[i] = indices[j] ?? 0
    indices[j] = kept
  }
  return indices.slice(0, count)
}
