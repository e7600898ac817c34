import type { Finding } from '@shared/protocol/session-care'

/** A finding in a session's file in one line. */
export function describeFinding({ place, problem }: Finding): string {
  return `${place}: ${problem}`
}

/** Bytes in words, such as "5.2 GB". */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return `${power === 0 ? bytes : (bytes / 1000 ** power).toPrecision(3)} ${units[power] ?? ''}`
}
