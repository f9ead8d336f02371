// Tells the author whom a mention did not reach, because they cannot see the post (M1). Stays until read.
import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { Id } from '../../api/types'
import { listed } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import { useDepartments, usePeople } from '../../live/directory'
import { useSignal } from '../../live/emitter'
import { dismissUnreached, unreached, type Unreached as Who } from '../published'

export function UnreachedNames({ who, onClose }: { who: Who; onClose: () => void }) {
  const t = useT()
  const people = usePeople(who.people)
  const places = useDepartments().filter((d) => who.departments.includes(d.id))
  const names = listed([...people, ...places].map((one) => `@${one.name}`))
  return (
    <Alert
      color="yellow"
      role="status"
      mb="sm"
      icon={<IconAlertTriangle size={18} />}
      withCloseButton
      closeButtonLabel={t('ui.close')}
      onClose={onClose}
      styles={{ closeButton: { width: 44, height: 44, minWidth: 44, margin: '-10px -8px -10px 0' } }}
    >
      {t(who.departments.length > 0 ? 'feed.not_notified_departments' : 'feed.not_notified', { names })}
    </Alert>
  )
}

export function Unreached({ post }: { post: Id }) {
  const who = useSignal(unreached).get(post)
  return who ? <UnreachedNames who={who} onClose={() => dismissUnreached(post)} /> : null
}
