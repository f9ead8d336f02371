// Runs a name search while somebody types: a short wait, the older request cancelled, the last result kept meanwhile.
import { useEffect, useState } from 'react'
import type { Named, NameSearch } from './names'

const WAIT = 120

export function useNameSearch(search: NameSearch, q: string | null): { found: Named[]; busy: boolean; failed: boolean } {
  const [found, setFound] = useState<Named[]>([])
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    if (q === null) {
      setFound([])
      return
    }
    const control = new AbortController()
    setBusy(true)
    const timer = setTimeout(
      () => {
        search(q, control.signal)
          .then((names) => {
            if (control.signal.aborted) return
            setFound(names)
            setFailed(false)
            setBusy(false)
          })
          .catch(() => {
            if (control.signal.aborted) return
            setFailed(true)
            setBusy(false)
          })
      },
      q ? WAIT : 0,
    )
    return () => {
      clearTimeout(timer)
      control.abort()
    }
  }, [search, q])
  return { found, busy, failed }
}
