import { expect, test } from 'vitest'
import {
  classifySpecSchema,
  kernelSpecSchema,
  predictSpecSchema
} from '@shared/design/specifications'

const design = { activation: { name: 'erf', m: 2 }, depthHidden: 1, sigmaW: 1, sigmaB: 0.1 }
const task = { ...design, Xtrain: [[1, 0]], Xtest: [[0, 1]] }

test('what kernel theory does not describe is refused, not computed as if it did', () => {
  const specifications = [
    [kernelSpecSchema, { ...design, X: [[1, 0]] }],
    [predictSpecSchema, { ...task, ytrain: [[1]], times: [{ kind: 'steps', k: 1, eta: 0.1 }] }],
    [classifySpecSchema, { ...task, ytrain: [1] }]
  ] as const
  for (const [schema, specification] of specifications) {
    expect(schema.safeParse(specification).success).toBe(true)
    const refused = schema.safeParse({ ...specification, parametrisation: 'standard' })
    expect(refused.error?.issues[0]?.message).toContain('that of ntk parametrisation')
  }
})
