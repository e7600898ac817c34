import { formatNumber } from '@shared/figures/numbers'
import { LabError } from '@shared/protocol/errors'

/** A duration as people say it. */
export function formatDuration(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) return '–'
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`
  const seconds = Math.round(milliseconds / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`
  return `${formatNumber(minutes / 1440)} days`
}

/** Bytes in binary units. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  const value = bytes / 1024 ** power
  return `${power === 0 ? String(value) : formatNumber(value)} ${units[power] ?? ''}`
}

/** A share in per cent. */
export function formatPercent(fraction: number, digits = 0): string {
  return Number.isFinite(fraction) ? `${(100 * fraction).toFixed(digits)} %` : '–'
}

/** A stored time in the user's own way of writing it. */
export function formatTime(iso: string): string {
  return localTime(iso, { dateStyle: 'medium', timeStyle: 'short' })
}

/** A stored time where there is little room: no year. */
export function formatShortTime(iso: string): string {
  return localTime(iso, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
}

function localTime(iso: string, options: Intl.DateTimeFormatOptions): string {
  const time = new Date(iso)
  return Number.isNaN(time.getTime()) ? iso : time.toLocaleString(undefined, options)
}

/** What went wrong, for people. */
export function messageOf(problem: unknown): string {
  if (problem instanceof LabError || problem instanceof Error) return problem.message
  return String(problem)
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
