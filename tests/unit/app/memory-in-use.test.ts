import { expect, test } from 'vitest'
import { memoryInUse } from '../../../src-main/app/memory-in-use'

const process = (workingSetSize: number, name?: string) => ({
  memory: { workingSetSize, peakWorkingSetSize: workingSetSize },
  ...(name === undefined ? {} : { name })
})

test('memory is told in bytes, the engine’s apart', () => {
  const processes = [process(10), process(20, 'Tangent Lab engine'), process(5, 'Network Service')]
  expect(memoryInUse(processes)).toEqual({ engine: 20 * 1024, application: 35 * 1024 })
  expect(memoryInUse([process(10)])).toEqual({ engine: null, application: 10 * 1024 })
})
