// Lays the card of the person that was pressed over the page; pages with names mount it once.
import { lazy, Suspense, useEffect } from 'react'
import { useLocation } from 'wouter'
import { withTexts } from '../i18n/i18n'
import { useSignal } from '../live/emitter'
import { shownPerson } from './shown'

const PersonCard = lazy(withTexts(() => import('./PersonCard')))

export function ShownPerson() {
  const id = useSignal(shownPerson)
  const [path] = useLocation()
  useEffect(() => () => shownPerson.set(null), [path])
  if (id === null) return null
  return (
    <Suspense>
      <PersonCard id={id} onClose={() => shownPerson.set(null)} />
    </Suspense>
  )
}
