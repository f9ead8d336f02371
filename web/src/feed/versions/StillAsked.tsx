// Said before it happens: of some who will not see the post any more a receipt, or something to be done, is still open.
import type { Id } from '../../api/types'
import { listed } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import { usePeople } from '../../live/directory'
import { ConfirmDialog } from '../../ui/ConfirmDialog'

/** The refusal's own words: the first of them, and how many they are. */
export interface Asked {
  ids: Id[]
  count: number
}

export function StillAsked({ asked, onRelease, onClose }: { asked: Asked; onRelease: () => void; onClose: () => void }) {
  const t = useT()
  const people = usePeople(asked.ids)
  const names = listed(people.map((one) => one.name))
  const more = asked.count - asked.ids.length
  return (
    <ConfirmDialog opened title={t('versions.still_asked_title', { count: asked.count })} confirm={t('versions.release')} onConfirm={onRelease} onClose={onClose}>
      {t(more > 0 ? 'versions.still_asked_more' : 'versions.still_asked', { names, more })}
    </ConfirmDialog>
  )
}
