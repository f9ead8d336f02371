// Lays the permissions of a person over the page; mounted once in the shell.
import { lazy, Suspense, useEffect } from 'react'
import { useLocation } from 'wouter'
import { withTexts } from '../i18n/i18n'
import { useSignal } from '../live/emitter'
import { shownPermissions } from './shown'

const PermissionsPanel = lazy(withTexts(() => import('./PermissionsPanel')))

export function ShownPermissions() {
  const id = useSignal(shownPermissions)
  const [path] = useLocation()
  // biome-ignore lint: another page is another matter
  useEffect(() => () => shownPermissions.set(null), [path])
  if (id === null) return null
  return (
    <Suspense>
      <PermissionsPanel key={id} person={id} onClose={() => shownPermissions.set(null)} />
    </Suspense>
  )
}
