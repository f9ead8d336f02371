// Which rows of a list are selected: some by their ids, or all that match.
import { useCallback, useMemo, useState } from 'react'
import type { Id } from '../../api/types'

export interface Selection {
  isOn: boolean
  /** Everything that matches, shown or not. */
  isAll: boolean
  ids: ReadonlySet<Id>
  begin: (id?: Id) => void
  toggle: (id: Id) => void
  choose: (ids: readonly Id[]) => void
  chooseAll: () => void
  end: () => void
}

const NONE: ReadonlySet<Id> = new Set()

export function useSelection(): Selection {
  const [isOn, setOn] = useState(false)
  const [isAll, setAll] = useState(false)
  const [ids, setIds] = useState(NONE)
  const begin = useCallback((id?: Id) => {
    setOn(true)
    if (id !== undefined) setIds((now) => new Set([...now, id]))
  }, [])
  const toggle = useCallback((id: Id) => {
    setOn(true)
    setAll(false)
    setIds((now) => new Set(now.has(id) ? [...now].filter((one) => one !== id) : [...now, id]))
  }, [])
  const choose = useCallback((some: readonly Id[]) => {
    setOn(some.length > 0)
    setAll(false)
    setIds(new Set(some))
  }, [])
  const chooseAll = useCallback(() => setAll(true), [])
  const end = useCallback(() => {
    setOn(false)
    setAll(false)
    setIds(NONE)
  }, [])
  return useMemo(() => ({ isOn, isAll, ids, begin, toggle, choose, chooseAll, end }), [isOn, isAll, ids, begin, toggle, choose, chooseAll, end])
}
