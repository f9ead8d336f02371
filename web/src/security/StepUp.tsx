// Stands at the root: loads the question only when it is asked.
import { lazy, Suspense } from 'react'
import { withTexts } from '../i18n/i18n'
import { useSignal } from '../live/emitter'
import { asking } from './stepUp'

const StepUpDialog = lazy(withTexts(() => import('./StepUpDialog')))

export function StepUp() {
  const asked = useSignal(asking)
  if (!asked) return null
  return (
    <Suspense fallback={null}>
      <StepUpDialog answer={asked.answer} />
    </Suspense>
  )
}
