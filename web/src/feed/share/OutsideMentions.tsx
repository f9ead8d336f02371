// Says before publishing that somebody mentioned will not see it, and adds them at a press (M1).
import { Alert, Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useCallback } from 'react'
import { listed } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import { usePeople } from '../../live/directory'
import { useSelector } from '../../live/hooks'
import { departmentNamed, personNamed } from '../../live/lookup'
import { type Store, store } from '../../live/store'
import { type Mentioned, mentionsIn } from '../../ui/composing'
import type { Named } from '../../ui/names'
import { audienceOf } from './form'
import { reaches } from './reach'

interface Props {
  text: string
  mentioned: readonly Mentioned[]
  audience: readonly Named[]
  onAdd: (names: Named[]) => void
}

export function OutsideMentions({ text, mentioned, audience, onAdd }: Props) {
  const t = useT()
  const named = mentionsIn(text, mentioned).filter((one) => one.kind !== 'topic' && one.kind !== 'sticker')
  usePeople(named.filter((m) => m.kind === 'person').map((m) => m.id))
  const key = JSON.stringify([named, audience.map(({ kind, id }) => [kind, id])])
  const select = useCallback(
    (from: Store) => named.filter((m) => reaches(audienceOf(audience), m, from) === false),
    // biome-ignore lint: compared by its text
    [key],
  )
  const outside = useSelector(['person', 'department'], select)
  if (audience.length === 0 || outside.length === 0) return null
  const add = (): void =>
    onAdd(
      outside.flatMap(({ kind, id }) => {
        const person = kind === 'person' ? store.get('person', id) : undefined
        const department = kind === 'department' ? store.get('department', id) : undefined
        return person ? [personNamed(person)] : department ? [departmentNamed(department)] : []
      }),
    )
  return (
    <Alert color="yellow" role="status" icon={<IconAlertTriangle size={18} />}>
      <div>{t('feed.outside', { names: listed(outside.map((m) => `@${m.name}`)) })}</div>
      <Button variant="default" mt="xs" onClick={add}>
        {t('feed.add_to_audience')}
      </Button>
    </Alert>
  )
}
