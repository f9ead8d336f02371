// An answer that is a file: asked with a POST (taking data along is an act), saved under its own name.
import { api } from './client'

export async function saveAnswer(path: string, body: unknown, name: string): Promise<void> {
  const file = await api.file(path, body)
  const address = URL.createObjectURL(file.data)
  const link = document.createElement('a')
  link.href = address
  link.download = file.name ?? name
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
