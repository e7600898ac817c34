import { Notification } from 'electron'

/** On show: one that nothing refers to would lose its click. */
const shown = new Set<Notification>()

/** Shows a message of the desktop, where it has such messages. */
export function notifyDesktop(
  { title, body }: { title: string; body: string },
  onClick: () => void
): void {
  if (!Notification.isSupported()) return
  const notification = new Notification({ title, body })
  shown.add(notification)
  notification.on('click', onClick)
  notification.on('close', () => shown.delete(notification))
  notification.show()
}
