// Where the composer opens: a place of its own in the history, so that «back» on a phone closes it.
export const SHARE_ADDRESS = '/?share'

export function addressOfWriting(kind: string): string {
  return kind === 'share' ? SHARE_ADDRESS : `/?write=${kind}`
}

/** Null: nothing is being written. */
export function writtenAt(search: string): string | null {
  const params = new URLSearchParams(search)
  return params.has('share') ? 'share' : params.get('write')
}
