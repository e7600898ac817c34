import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { Session } from '../../src-main/session/session'
import {
  decodeArray,
  encodeArray,
  float32,
  float64,
  int32,
  type StoredArray
} from '../../src-main/session/stored-array'
import { newSessionPath, open } from './open'
import { prediction, sampleEnsemble, sampleRun } from './sample-values'

/** Every kind of float64, some only distinguishable by their bits. */
function specialNumbers(): Float64Array {
  const numbers = Float64Array.of(0, -0, Infinity, -Infinity, NaN, 5e-324, -2.2e-308, 0.1, 1e308, 0)
  // A NaN with a payload, which arithmetic would not keep.
  new BigUint64Array(numbers.buffer)[9] = 0xfff4_dead_beef_0123n
  return numbers
}

const samples: Record<string, StoredArray> = {
  special: float64(specialNumbers(), [2, 5]),
  single: float32(Float32Array.of(-0, NaN, 1e-45, 0.1, Infinity, 3)),
  whole: int32(Int32Array.of(0, -1, 2 ** 31 - 1, -(2 ** 31)), [2, 2]),
  scalar: float64(Float64Array.of(Math.PI), []),
  empty: float64(new Float64Array(0), [0, 3])
}

const bits = ({ data }: StoredArray): Buffer =>
  Buffer.from(data.buffer, data.byteOffset, data.byteLength)

function sessionWithRun(path: string): Session {
  const session = open(path)
  session.addRun(sampleRun('a'))
  return session
}

describe('arrays', () => {
  test('come back bit for bit after closing and opening', () => {
    const path = newSessionPath()
    const session = sessionWithRun(path)
    session.addEnsemble('a', sampleEnsemble(3), samples)
    session.addPrediction('a', prediction, { mean: float64(specialNumbers()) })
    session.close()
    const again = open(path)
    for (const [name, sample] of Object.entries(samples)) {
      const array = again.readArray('a', 'ensemble', 3, name)
      expect([name, array.dtype, array.shape]).toEqual([name, sample.dtype, sample.shape])
      expect(array.data.constructor).toBe(sample.data.constructor)
      expect(bits(array).equals(bits(sample))).toBe(true)
      expect(array.data.buffer.byteLength).toBe(array.data.byteLength)
    }
    expect(bits(again.readArray('a', 'prediction', 0, 'mean'))).toEqual(bits(samples['special']!))
  })

  test('are stored from views into larger memory', () => {
    const session = sessionWithRun(newSessionPath())
    const memory = Float64Array.from({ length: 10 }, (_, i) => i)
    session.addEnsemble('a', sampleEnsemble(0), { part: float64(memory.subarray(3, 6)) })
    expect(session.readArray('a', 'ensemble', 0, 'part').data).toEqual(Float64Array.of(3, 4, 5))
  })

  test('are listed with their shapes and sizes', () => {
    const session = sessionWithRun(newSessionPath())
    session.addEnsemble('a', sampleEnsemble(0), samples)
    const listing = session.listArrays('a')
    expect(listing.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['empty', 0],
      ['scalar', 8],
      ['single', 24],
      ['special', 80],
      ['whole', 16]
    ])
    expect(listing[3]).toEqual({
      ownerKind: 'ensemble',
      ownerIndex: 0,
      name: 'special',
      dtype: 'float64',
      shape: [2, 5],
      bytes: 80
    })
  })

  test('that do not fit their shape are refused, and nothing of their ensemble is stored', () => {
    const session = sessionWithRun(newSessionPath())
    expect(() => {
      session.addEnsemble('a', sampleEnsemble(0), {
        good: int32(Int32Array.of(1)),
        bad: float64(new Float64Array(5), [2, 2])
      })
    }).toThrow('Float64Array of length 5 is no float64 array of shape [2, 2]')
    expect(session.listArrays('a')).toEqual([])
    expect(session.showRun('a').ensembles).toEqual([])
  })

  test('go with their run', () => {
    const path = newSessionPath()
    const session = sessionWithRun(path)
    session.addEnsemble('a', sampleEnsemble(0), samples)
    session.close()
    const raw = new Database(path)
    raw.exec("DELETE FROM run WHERE id = 'a'")
    expect(raw.prepare('SELECT count(*) FROM array').pluck().get()).toBe(0)
    expect(raw.prepare('SELECT count(*) FROM ensemble').pluck().get()).toBe(0)
    raw.close()
  })
})

describe('damage', () => {
  function damagedBy(statement: string): Session {
    const path = newSessionPath()
    const session = sessionWithRun(path)
    session.addEnsemble('a', sampleEnsemble(0), samples)
    session.close()
    const raw = new Database(path)
    expect(raw.prepare(statement).run().changes).toBe(1)
    raw.close()
    return open(path)
  }
  const unusable = (message: string): Error =>
    expect.objectContaining({
      code: 'session-unusable',
      message: expect.stringContaining(message) as unknown
    })

  test('of numbers is found by their checksum', () => {
    const session = damagedBy(
      "UPDATE array SET data = randomblob(length(data)) WHERE name = 'special'"
    )
    expect(() => session.readArray('a', 'ensemble', 0, 'special')).toThrow(
      unusable('array special of ensemble 0 of run a is damaged: its checksum is wrong')
    )
    expect(session.readArray('a', 'ensemble', 0, 'whole').data).toEqual(samples['whole']!.data)
  })

  test('of the length is found', () => {
    const session = damagedBy("UPDATE array SET shape = '[3,5]' WHERE name = 'special'")
    expect(() => session.readArray('a', 'ensemble', 0, 'special')).toThrow(
      unusable('it has 80 bytes, not 120')
    )
  })

  test.each([
    ["UPDATE run SET experiment = '{}'", 'experiment of run a cannot be read'],
    ["UPDATE run SET warnings = 'no JSON'", 'warnings of run a cannot be read: it is not JSON'],
    ["UPDATE run SET environment = '{}'", 'environment of run a cannot be read'],
    ["UPDATE ensemble SET agreement = '[]'", 'agreement of ensemble 0 of run a cannot be read'],
    ["UPDATE array SET shape = '[1.5]' WHERE name = 'whole'", 'shape of array whole of ensemble 0']
  ])('of a row is found and named: %s', (statement, message) => {
    const session = damagedBy(statement)
    expect(() => {
      session.showRun('a')
      session.listArrays('a')
    }).toThrow(unusable(message))
  })
})

describe('encoding', () => {
  test('is little-endian', () => {
    expect(encodeArray(int32(Int32Array.of(1, -2))).toString('hex')).toBe('01000000feffffff')
    expect(encodeArray(float64(Float64Array.of(1))).toString('hex')).toBe('000000000000f03f')
    expect(encodeArray(float32(Float32Array.of(1))).toString('hex')).toBe('0000803f')
  })

  test('decoding works from any alignment and copies', () => {
    const bytes = new Uint8Array(9)
    bytes.set(encodeArray(float64(Float64Array.of(Math.E))), 1)
    const { data } = decodeArray(bytes.subarray(1), 'float64', [1])
    bytes.fill(0)
    expect(data).toEqual(Float64Array.of(Math.E))
  })

  test('a dtype must be that of the data', () => {
    expect(() => encodeArray({ dtype: 'float32', shape: [1], data: Int32Array.of(1) })).toThrow(
      RangeError
    )
    expect(() => decodeArray(new Uint8Array(12), 'float64', [2])).toThrow(RangeError)
  })
})
