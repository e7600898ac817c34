import type { z } from 'zod'
import type { KernelPool } from '../engine/kernels/kernel-pool'
import { readJsonInput } from './input'
import { writeJsonLine, type Reportable } from './json-line'
import { withKernelPool } from './with-kernel-pool'

/**
 * Writes the answer to each specification as a line of JSON. All are checked before any is computed, so
 * that a mistake is found at once.
 */
export async function answerEach<Schema extends z.ZodType>(
  paths: readonly string[],
  schema: Schema,
  answer: (spec: z.infer<Schema>, pool: KernelPool) => Promise<Reportable>
): Promise<void> {
  const specs = paths.map((path) => readJsonInput(path, schema))
  await withKernelPool(async (pool) => {
    for (const spec of specs) writeJsonLine(await answer(spec, pool))
  })
}
