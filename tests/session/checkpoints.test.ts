import { expect, test } from 'vitest'
import { resumableStatuses } from '@shared/protocol/results'
import { newSessionPath, open } from './open'
import { experiment, sampleEnsemble, sampleRun } from './sample-values'
import { float32, float64 } from '../../src-main/session/stored-array'

const position = {
  membersDone: 8,
  blockMembers: 4,
  recordsDone: 3,
  step: 120,
  trainingMs: 1500.25,
  flops: 1e12
}
const checkpoint = { ensembleIndex: 1, savedAt: '2026-11-24T12:00:30.000Z', position }
const arrays = {
  losses: float64(Float64Array.of(0.5, NaN, -0)),
  variable0: float32(Float32Array.of(1.5, -2))
}

function sessionWithRun() {
  const path = newSessionPath()
  const session = open(path)
  session.addRun(sampleRun('a'))
  return { path, session }
}

test('a checkpoint comes back as it was put in, after closing and opening', () => {
  const { path, session } = sessionWithRun()
  expect(session.readCheckpoint('a')).toBeNull()
  session.saveCheckpoint('a', checkpoint, arrays)
  session.close()
  const saved = open(path).readCheckpoint('a')
  expect(saved?.checkpoint).toEqual(checkpoint)
  expect(saved?.arrays).toEqual(arrays)
  expect(Object.is(saved?.arrays['losses']?.data[2], -0)).toBe(true)
})

test('only the newest is kept', () => {
  const { session } = sessionWithRun()
  session.saveCheckpoint('a', checkpoint, arrays)
  const later = { ...checkpoint, position: { ...position, step: null } }
  session.saveCheckpoint('a', later, { losses: arrays.losses })
  expect(session.readCheckpoint('a')).toEqual({
    checkpoint: later,
    arrays: { losses: arrays.losses }
  })
  expect(session.listArrays('a')).toHaveLength(1)
})

test('the ensemble that it was on the way to replaces it', () => {
  const { session } = sessionWithRun()
  session.saveCheckpoint('a', checkpoint, arrays)
  session.addEnsemble('a', sampleEnsemble(1), { losses: arrays.losses })
  expect(session.readCheckpoint('a')).toBeNull()
  expect(session.listArrays('a').map(({ ownerKind }) => ownerKind)).toEqual(['ensemble'])
})

test('discarded, it leaves nothing behind; that of another run stays', () => {
  const { session } = sessionWithRun()
  session.addRun(sampleRun('b'))
  session.saveCheckpoint('a', checkpoint, arrays)
  session.saveCheckpoint('b', checkpoint, arrays)
  session.discardCheckpoint('a')
  expect(session.readCheckpoint('a')).toBeNull()
  expect(session.listArrays('a')).toEqual([])
  expect(session.readCheckpoint('b')?.checkpoint).toEqual(checkpoint)
})

test('none is kept for a run that is not there', () => {
  const { session } = sessionWithRun()
  expect(() => {
    session.saveCheckpoint('b', checkpoint, arrays)
  }).toThrow('This session has no run b.')
})

test('the newest paused or interrupted run of an experiment is found', () => {
  const { session } = sessionWithRun()
  const other = { ...experiment, seed: 2 }
  session.addRun(sampleRun('b'))
  session.addRun(sampleRun('c'))
  session.addRun(sampleRun('d', { experiment: other }))
  expect(session.findRun(experiment, resumableStatuses)).toBeNull()
  session.updateRun('a', { status: 'paused' })
  session.updateRun('b', { status: 'interrupted' })
  session.updateRun('c', { status: 'cancelled' })
  session.updateRun('d', { status: 'paused' })
  expect(session.findRun(experiment, resumableStatuses)).toBe('b')
  expect(session.findRun(other, resumableStatuses)).toBe('d')
})
