import { describe, expect, it } from 'vitest'
import { LabError } from '@shared/protocol/errors'
import {
  formatBytes,
  formatDuration,
  formatPercent,
  formatTime,
  messageOf
} from '../../src-renderer/state/format'

describe('words for numbers', () => {
  it.each([
    [0, '0 ms'],
    [850.4, '850 ms'],
    [12_340, '12.3 s'],
    [59_960, '1 min 00 s'],
    [250_000, '4 min 10 s'],
    [7_500_000, '2 h 05 min'],
    [3 * 86_400_000, '3.00 days'],
    [NaN, '–']
  ])('%s milliseconds are %s', (value, text) => {
    expect(formatDuration(value)).toBe(text)
  })

  it.each([
    [0, '0 B'],
    [1000, '1000 B'],
    [1536, '1.50 KiB'],
    [1.2e8, '114 MiB'],
    [16 * 2 ** 30, '16.0 GiB']
  ])('%s bytes are %s', (value, text) => {
    expect(formatBytes(value)).toBe(text)
  })

  it('writes shares in per cent', () => {
    expect([formatPercent(0.374), formatPercent(0.9481, 1), formatPercent(NaN)]).toEqual([
      '37 %',
      '94.8 %',
      '–'
    ])
  })

  it('leaves what is no time as it is', () => {
    expect(formatTime('yesterday')).toBe('yesterday')
    expect(formatTime('2026-11-24T03:00:00Z')).toContain('2026')
  })

  it('says what went wrong', () => {
    expect(messageOf(new LabError('not-found', 'There is no run 7.'))).toBe('There is no run 7.')
    expect(messageOf('odd')).toBe('odd')
  })
})
