// A pool by its name, as far as it is one of mine.
import type { Id } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { usePoolName } from './usePools'

export function PoolName({ id }: { id: Id }) {
  const t = useT()
  return usePoolName(id) ?? t('pools.another')
}
