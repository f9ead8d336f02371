// Stands at the root: loads the question only when it is asked.
import { lazy, Suspense } from 'react'
import { useSignal } from '../live/emitter'
import { asking } from './stepUp'

const StepUpDialog = lazy(() => import('./StepUpDialog'))

export function StepUp() {
  const asked = useSignal(asking)
  if (!asked) return null
  return (
    <Suspense fallback={null}>
      <StepUpDialog answer={asked.answer} />
    </Suspense>
  )
}
