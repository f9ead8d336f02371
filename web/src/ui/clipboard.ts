// Copies text, on plain-http addresses of a local network too, where the clipboard API is missing.
export async function copyText(text: string | Promise<string>): Promise<boolean> {
  try {
    if (typeof text !== 'string' && typeof ClipboardItem !== 'undefined' && navigator.clipboard) {
      // Safari lets only what began with the press itself write later.
      const blob = text.then((ready) => new Blob([ready], { type: 'text/plain' }))
      await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })])
      return true
    }
    await navigator.clipboard.writeText(await text)
    return true
  } catch {
    return copyBySelection(await text)
  }
}

function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true
  field.className = 'tf-hidden'
  // Inside an open dialog the focus may not leave it.
  const active = document.activeElement
  ;(active?.closest('[role="dialog"]') ?? document.body).append(field)
  field.select()
  try {
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    field.remove()
    if (active instanceof HTMLElement) active.focus()
  }
}
