// An answer that is a file: asked with a POST (taking data along is an act), saved under its own name.
import { api } from './client'

/** Answers the file's SHA-256 in hex digits, where the server says it (`Repr-Digest`). */
export async function saveAnswer(path: string, body: unknown, name: string): Promise<string | null> {
  const file = await api.file(path, body)
  const address = URL.createObjectURL(file.data)
  const link = document.createElement('a')
  link.href = address
  link.download = file.name ?? name
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
  return file.digest
}
