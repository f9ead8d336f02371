// Waiting times between attempts: doubling with full jitter, so that a thousand clients do not return at one moment.
export function backoff(attempt: number, { first = 500, most = 20_000, random = Math.random } = {}): number {
  const ceiling = Math.min(most, first * 2 ** Math.min(attempt, 16))
  return Math.round(ceiling / 4 + random() * ((ceiling * 3) / 4))
}
