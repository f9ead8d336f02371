// A random id for messages and idempotency keys. crypto.randomUUID is missing on plain-http addresses of a local network.
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
}
