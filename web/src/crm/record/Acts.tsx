// What this viewer may do with the record: only that is offered.
import { IconArrowsExchange, IconBell, IconCopy, IconRestore, IconSend2, IconShare3, IconTrash, IconTrashX } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../../api/client'
import { chosenCards } from '../../cards/chosen'
import { SHARE } from '../../feed/share/form'
import { SHARE_ADDRESS } from '../../feed/share/place'
import { useT } from '../../i18n/i18n'
import { useMyId } from '../../live/bootstrap'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { MenuButton } from '../../ui/MenuButton'
import { toast } from '../../ui/toasts'
import { addressOfKind, addressOfRecord, isWritable } from '../kinds'
import { applyRecord, forgetRecord } from '../rows'
import { isEmpty, isMasked } from '../values'
import type { Act, RecordItem, RecordKind, RecordRow, Value } from '../wire'
import { OwnerDialog } from './OwnerDialog'
import { VoidDialog } from './VoidDialog'

const SendCard = lazy(() => import('../../cards/SendCard'))
const ReminderDialog = lazy(() => import('../../notifications/ReminderDialog'))
const NewRecord = lazy(() => import('../NewRecord'))

/** What a copy begins with: what I see in clear and may write. */
export function copyOf(kind: RecordKind, row: RecordRow): Record<string, Value> {
  const fields = kind.fields.filter(isWritable).flatMap(({ name }): [string, Value][] => {
    const value = row.fields[name]
    return isEmpty(value) || isMasked(value) ? [] : [[name, value as Value]]
  })
  return Object.fromEntries(fields)
}

type Open = 'owner' | 'void' | 'restore' | 'delete' | 'send' | 'remind' | 'copy' | null

export function Acts({ kind, row }: { kind: RecordKind; row: RecordRow }) {
  const t = useT()
  const me = useMyId()
  const [, go] = useLocation()
  const [open, setOpen] = useState<Open>(null)
  const may = (act: Act): boolean => row.may.includes(act)
  const close = (): void => setOpen(null)
  const about = { kind: row.kind, id: row.id }
  const share = (): void => {
    chosenCards.add(me, SHARE, about)
    go(SHARE_ADDRESS)
  }
  const restore = async (): Promise<void> => {
    applyRecord(await api.put<RecordItem>(`/records/${row.kind}/${row.id}/restoration`, {}))
    toast(t('crm.restored'), { tone: 'good' })
  }
  const remove = async (): Promise<void> => {
    await api.delete(`/records/${row.kind}/${row.id}`)
    go(`${addressOfKind(row.kind)}?view=bin`, { replace: true })
    forgetRecord(row.kind, row.id)
    toast(t('crm.deleted', { title: row.title }))
  }
  return (
    <>
      <MenuButton
        label={t('crm.acts')}
        choices={[
          { icon: IconSend2, label: t('cards.send'), onChoose: () => setOpen('send') },
          { icon: IconShare3, label: t('cards.share'), onChoose: share },
          { icon: IconBell, label: t('notices.remind'), onChoose: () => setOpen('remind') },
          kind.may.includes('create') && !row.voided && { icon: IconCopy, label: t('crm.copy'), onChoose: () => setOpen('copy') },
          may('owner') && { icon: IconArrowsExchange, label: t('crm.change_owner'), onChoose: () => setOpen('owner') },
          may('restore') && { icon: IconRestore, label: t('crm.restore'), onChoose: () => setOpen('restore') },
          may('void') && { icon: IconTrash, label: t('crm.void'), onChoose: () => setOpen('void'), isGrave: true },
          may('delete') && { icon: IconTrashX, label: t('crm.delete'), onChoose: () => setOpen('delete'), isGrave: true },
        ]}
      />
      {open === 'owner' && <OwnerDialog row={row} onClose={close} />}
      {open === 'void' && <VoidDialog row={row} onClose={close} />}
      <ConfirmDialog opened={open === 'restore'} title={t('crm.restore')} confirm={t('crm.restore')} danger={false} onConfirm={restore} onClose={close}>
        {t('crm.restore_text', { title: row.title })}
      </ConfirmDialog>
      <ConfirmDialog opened={open === 'delete'} title={t('crm.delete')} confirm={t('crm.delete')} onConfirm={remove} onClose={close}>
        {t('crm.delete_text', { title: row.title })}
      </ConfirmDialog>
      <Suspense>
        {open === 'send' && <SendCard about={about} onClose={close} />}
        {open === 'remind' && <ReminderDialog about={about} onClose={close} />}
        {open === 'copy' && (
          <NewRecord kind={kind} from={copyOf(kind, row)} onClose={close} onMade={(made) => go(addressOfRecord(made.kind, made.id))} />
        )}
      </Suspense>
    </>
  )
}
