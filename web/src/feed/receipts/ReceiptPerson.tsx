// One required person: name, when read or confirmed, a call when missing, and (for the author) no longer asked.
import { ActionIcon } from '@mantine/core'
import { IconPhone, IconUserMinus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { memo, useState } from 'react'
import { api } from '../../api/client'
import type { Id, ReceiptRow } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { useActedName } from '../../live/acted'
import { awayText, useAway } from '../../live/away'
import { useDepartment, usePerson } from '../../live/directory'
import { useEntity } from '../../live/hooks'
import { showPerson } from '../../people/shown'
import { Avatar } from '../../ui/Avatar'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { RelativeTime } from '../../ui/RelativeTime'
import { AnswerLine } from './question/AnswerLine'
import classes from './ReceiptsPanel.module.css'

interface Props {
  post: Id
  row: ReceiptRow
  at: string | null
  missing: boolean
  canWithdraw: boolean
}

// There may be thousands: a row is drawn again only when it changes, and has a dialog only while it asks.
export const ReceiptPerson = memo(function ReceiptPerson({ post, row, at, missing, canWithdraw }: Props) {
  const t = useT()
  const queries = useQueryClient()
  const person = usePerson(row.person_id)
  const department = useDepartment(person?.department_ids[0])
  const [asking, setAsking] = useState(false)
  const name = person?.name ?? '…'
  const about = useEntity('post', post)
  const version = about?.version ?? 1
  const signed = useActedName(row.person_id, row.by_id)
  const away = useAway(person)
  const deputy = usePerson(missing ? away?.deputy_id : null)
  const withdraw = async (): Promise<void> => {
    await api.delete(`/posts/${post}/receipts/${row.person_id}`)
    await queries.invalidateQueries({ queryKey: ['receipts', post] })
  }
  return (
    <li className={classes.row} data-person={row.person_id}>
      <button type="button" className={classes.who} onClick={() => showPerson(row.person_id)}>
        <span data-avatar>
          <Avatar id={row.person_id} name={name} size={32} />
        </span>
        <span className={classes.words}>
          <span className={classes.name}>{signed}</span>
          <span className={classes.hint}>
            {at ? <RelativeTime at={at} /> : (department?.name ?? person?.title ?? '')}
            {row.confirmed > 0 && version > 1 && ` · ${t('feed.version', { version: row.confirmed })}`}
          </span>
          {missing && away && (
            <span className={classes.hint}>
              {[awayText(away), deputy && t('ui.deputy', { name: deputy.name })].filter(Boolean).join(' · ')}
            </span>
          )}
        </span>
      </button>
      {row.answer && (
        <div className={classes.answer}>
          <AnswerLine question={about?.receipts?.question} answer={row.answer} />
        </div>
      )}
      {missing && person?.phone && (
        <ActionIcon component="a" href={`tel:${person.phone}`} aria-label={t('feed.call', { name })} color="tide">
          <IconPhone size={20} />
        </ActionIcon>
      )}
      {canWithdraw && (
        <ActionIcon aria-label={t('feed.withdraw', { name })} title={t('feed.withdraw', { name })} onClick={() => setAsking(true)}>
          <IconUserMinus size={20} />
        </ActionIcon>
      )}
      {asking && (
        <ConfirmDialog
          opened
          title={t('feed.withdraw_title', { name })}
          confirm={t('feed.withdraw_confirm')}
          onConfirm={withdraw}
          onClose={() => setAsking(false)}
        >
          {t('feed.withdraw_text')}
        </ConfirmDialog>
      )}
    </li>
  )
})
