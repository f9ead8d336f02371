// A name with who acted for it: «王总（李秘书代）», "Wang (by Li)" (W34).
import type { Id } from '../api/types'
import { useT } from '../i18n/i18n'
import { usePerson } from './directory'

export function useActedName(id: Id | null | undefined, by: Id | null | undefined): string {
  const t = useT()
  const name = usePerson(id)?.name ?? '…'
  const deputy = usePerson(by)
  return by == null ? name : t('ui.by_deputy', { name, by: deputy?.name ?? '…' })
}
