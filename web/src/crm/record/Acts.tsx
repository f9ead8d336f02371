// What this viewer may do with the record: only that is offered.
import { Button } from '@mantine/core'
import { IconArrowMerge, IconArrowsExchange, IconBell, IconCalendarPlus, IconCopy, IconFlag, IconLock, IconLockOpen, IconRestore, IconSend2, IconShare3, IconTrash, IconTrashX, IconUserPlus } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../../api/client'
import { chosenCards } from '../../cards/chosen'
import { SHARE } from '../../feed/share/form'
import { addressOfWriting, SHARE_ADDRESS } from '../../feed/share/place'
import { useT } from '../../i18n/i18n'
import { useCan, useMyId } from '../../live/bootstrap'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { MenuButton } from '../../ui/MenuButton'
import { toast } from '../../ui/toasts'
import { addressOfKind, addressOfRecord, fieldOf, isWritable, useWords } from '../kinds'
import { applyRecord, forgetRecord } from '../rows'
import { LockDialog } from '../stages/LockDialog'
import { MoveDialog } from '../stages/MoveDialog'
import { STAGE } from '../stages/moves'
import { isEmpty, isMasked } from '../values'
import type { Act, Field, RecordItem, RecordKind, RecordRow, Value } from '../wire'
import { OwnerDialog } from './OwnerDialog'
import { VoidDialog } from './VoidDialog'

const SendCard = lazy(() => import('../../cards/SendCard'))
const ReminderDialog = lazy(() => import('../../notifications/ReminderDialog'))
const MergeDialog = lazy(() => import('../merging/MergeDialog'))
const NewRecord = lazy(() => import('../NewRecord'))

/** What a copy begins with: what I see in clear and may write; never what only one record can have. */
export function copyOf(kind: RecordKind, row: RecordRow): Record<string, Value> {
  const copied = kind.fields.filter((one) => isWritable(one) && one.duplicates !== 'hard' && one.type !== 'files')
  const fields = copied.flatMap(({ name }): [string, Value][] => {
    const value = row.fields[name]
    return isEmpty(value) || isMasked(value) ? [] : [[name, value as Value]]
  })
  return Object.fromEntries(fields)
}

type Open = 'owner' | 'void' | 'restore' | 'delete' | 'send' | 'remind' | 'copy' | 'lock' | 'merge' | null

export function Acts({ kind, row }: { kind: RecordKind; row: RecordRow }) {
  const t = useT()
  const me = useMyId()
  const mayPost = useCan('post.share')
  const [, go] = useLocation()
  const words = useWords()
  const [open, setOpen] = useState<Open>(null)
  const [moving, setMoving] = useState<Field | null>(null)
  const may = (act: Act): boolean => row.may.includes(act)
  const movable = [may('stage') ? fieldOf(kind, STAGE) : undefined, ...(may('state') ? kind.fields.filter((one) => one.by_act && row.fields[one.name] !== undefined) : [])].filter((one) => one !== undefined)
  // In a pool, for somebody to whom it is given.
  const waits = row.owner === null && row.pool !== null && !row.voided
  const close = (): void => setOpen(null)
  const about = { kind: row.kind, id: row.id }
  const share = (): void => {
    chosenCards.add(me, SHARE, about)
    go(SHARE_ADDRESS)
  }
  const schedule = (): void => {
    chosenCards.set(me, 'schedule', [about])
    go(addressOfWriting('schedule'))
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
      {may('owner') && waits && (
        <Button size="sm" leftSection={<IconUserPlus size={18} />} onClick={() => setOpen('owner')}>
          {t('pools.assign')}
        </Button>
      )}
      <MenuButton
        label={t('crm.acts')}
        choices={[
          { icon: IconSend2, label: t('cards.send'), onChoose: () => setOpen('send') },
          { icon: IconShare3, label: t('cards.share'), onChoose: share },
          { icon: IconBell, label: t('notices.remind'), onChoose: () => setOpen('remind') },
          mayPost && { icon: IconCalendarPlus, label: t('lists.schedule'), onChoose: schedule },
          kind.may.includes('create') && !row.voided && { icon: IconCopy, label: t('crm.copy'), onChoose: () => setOpen('copy') },
          ...movable.map((one) => ({ icon: IconFlag, label: t('stages.change', { name: words(one.words) }), onChoose: () => setMoving(one) })),
          may('owner') && !waits && { icon: IconArrowsExchange, label: t('crm.change_owner'), onChoose: () => setOpen('owner') },
          may('lock') && { icon: IconLock, label: t('stages.lock'), onChoose: () => setOpen('lock') },
          may('unlock') && { icon: IconLockOpen, label: t('stages.unlock'), onChoose: () => setOpen('lock') },
          may('merge') && { icon: IconArrowMerge, label: t('merging.merge'), onChoose: () => setOpen('merge') },
          may('restore') && { icon: IconRestore, label: t('crm.restore'), onChoose: () => setOpen('restore') },
          may('void') && { icon: IconTrash, label: t('crm.void'), onChoose: () => setOpen('void'), isGrave: true },
          may('delete') && { icon: IconTrashX, label: t('crm.delete'), onChoose: () => setOpen('delete'), isGrave: true },
        ]}
      />
      {open === 'owner' && <OwnerDialog row={row} onClose={close} />}
      {open === 'void' && <VoidDialog row={row} onClose={close} />}
      {open === 'lock' && <LockDialog row={row} onClose={close} />}
      {moving && <MoveDialog kind={kind} row={row} field={moving} onClose={() => setMoving(null)} />}
      <ConfirmDialog opened={open === 'restore'} title={t('crm.restore')} confirm={t('crm.restore')} danger={false} onConfirm={restore} onClose={close}>
        {t('crm.restore_text', { title: row.title })}
      </ConfirmDialog>
      <ConfirmDialog opened={open === 'delete'} title={t('crm.delete')} confirm={t('crm.delete')} onConfirm={remove} onClose={close}>
        {t('crm.delete_text', { title: row.title })}
      </ConfirmDialog>
      <Suspense>
        {open === 'send' && <SendCard about={about} onClose={close} />}
        {open === 'remind' && <ReminderDialog about={about} onClose={close} />}
        {open === 'merge' && <MergeDialog kind={kind} row={row} onClose={close} />}
        {open === 'copy' && (
          <NewRecord kind={kind} from={copyOf(kind, row)} onClose={close} onMade={(made) => go(addressOfRecord(made.kind, made.id))} />
        )}
      </Suspense>
    </>
  )
}
