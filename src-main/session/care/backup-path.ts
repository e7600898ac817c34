/** Where a session's backup is kept. */
export function backupPath(file: string): string {
  return `${file}.backup`
}
