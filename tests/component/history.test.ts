import { describe, expect, it, vi } from 'vitest'
import { History, type HistoryEntry } from '../../src-renderer/state/history'

/** A number that is set by entries. */
function counter(limit?: number) {
  const state = { value: 0, time: 0 }
  const onChange = vi.fn()
  const history = new History(onChange, () => state.time, limit)
  const set = (value: number, field?: string): void => {
    const before = state.value
    state.value = value
    history.add({
      label: `set ${value}`,
      ...(field === undefined ? {} : { field }),
      undo: () => {
        state.value = before
      },
      redo: () => {
        state.value = value
      }
    })
  }
  return { state, history, set, onChange }
}

describe('the history', () => {
  it('takes back and does again, in order, and names what it would do', async () => {
    const { state, history, set } = counter()
    expect([history.undoLabel, history.redoLabel]).toEqual([null, null])
    set(1)
    set(2)
    await history.undo()
    expect(state.value).toBe(1)
    expect([history.undoLabel, history.redoLabel]).toEqual(['set 1', 'set 2'])
    await Promise.all([history.undo(), history.undo()])
    expect(state.value).toBe(0)
    await Promise.all([history.redo(), history.redo(), history.redo()])
    expect(state.value).toBe(2)
  })

  it('forgets what was taken back once something else is done', async () => {
    const { history, set } = counter()
    set(1)
    await history.undo()
    set(2)
    expect(history.redoLabel).toBeNull()
  })

  it('merges consecutive edits of one field, but not of two, and not after a pause', async () => {
    const { state, history, set } = counter()
    set(1, 'a')
    set(2, 'a')
    set(3, 'b')
    state.time = 5000
    set(4, 'b')
    await history.undo()
    expect(state.value).toBe(3)
    await history.undo()
    expect(state.value).toBe(2)
    await history.undo()
    expect(state.value).toBe(0)
    await history.redo()
    expect(state.value).toBe(2)
  })

  it('keeps as many entries as it may', async () => {
    const { state, history, set } = counter(2)
    for (const value of [1, 2, 3]) set(value)
    for (let i = 0; i < 3; i++) await history.undo()
    expect(state.value).toBe(1)
  })

  it('keeps an entry whose undoing failed', async () => {
    const history = new History()
    const undo = vi.fn<HistoryEntry['undo']>().mockRejectedValueOnce(new Error('not now'))
    history.add({ label: 'delete', undo, redo: () => undefined })
    await expect(history.undo()).rejects.toThrow('not now')
    expect(history.undoLabel).toBe('delete')
    await history.undo()
    expect(history.redoLabel).toBe('delete')
  })

  it('tells of changes, and forgets everything when asked', () => {
    const { history, set, onChange } = counter()
    set(1)
    history.clear()
    expect(onChange).toHaveBeenCalledTimes(2)
    expect(history.undoLabel).toBeNull()
  })
})
