import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BrowserWindow } from 'electron'

/**
 * A report as it prints on A4: Chromium lays the HTML document out in a hidden window, which runs no
 * script and keeps nothing.
 *
 * @param writeHtml writes the report's HTML document to the path it is given
 */
export async function reportPdf(writeHtml: (path: string) => Promise<void>): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'tangent-report-'))
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      javascript: false,
      partition: 'report'
    }
  })
  try {
    const path = join(folder, 'report.html')
    await writeHtml(path)
    await window.loadFile(path)
    return await window.webContents.printToPDF({ pageSize: 'A4', printBackground: true })
  } finally {
    window.destroy()
    await rm(folder, { recursive: true, force: true })
  }
}
