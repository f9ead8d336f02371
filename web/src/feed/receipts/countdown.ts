// Time left as a clock: 29:59, 1:02:03. Pure.
export function countdown(left: number): string {
  const seconds = Math.max(0, Math.ceil(left / 1_000))
  const two = (n: number): string => String(n).padStart(2, '0')
  const hours = Math.floor(seconds / 3_600)
  const minutes = Math.floor((seconds % 3_600) / 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}
