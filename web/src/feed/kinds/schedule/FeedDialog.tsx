// The secret address under which a calendar program reads my items: made, shown once, renewed, revoked.
import { Alert, Button, Group, Skeleton } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api } from '../../../api/client'
import type { FeedView } from '../../../api/generated'
import { newId } from '../../../api/ids'
import { day } from '../../../i18n/dates'
import { useT } from '../../../i18n/i18n'
import { copyText } from '../../../ui/clipboard'
import { Dialog } from '../../../ui/Dialog'
import { ProblemText } from '../../../ui/ProblemText'
import { toast } from '../../../ui/toasts'
import { useAct } from '../../../ui/useAct'
import classes from './Fields.module.css'

const PATH = '/me/calendar-feed'
const KEY = ['calendar-feed']

export default function FeedDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const act = useAct()
  const queries = useQueryClient()
  const [address, setAddress] = useState('')
  const key = useRef(newId())
  const found = useQuery({ queryKey: KEY, queryFn: async ({ signal }) => (await api.get<FeedView>(PATH, { signal })).data })
  const made = found.data?.made_at ?? null
  const renew = (): void => {
    void act.run(async () => {
      const { data } = await api.post<FeedView>(PATH, {}, { key: key.current })
      key.current = newId()
      setAddress(data.address)
      queries.setQueryData(KEY, data)
    })
  }
  const revoke = (): void => {
    void act.run(async () => {
      await api.delete(PATH)
      setAddress('')
      queries.setQueryData(KEY, { address: '', made_at: null })
    })
  }
  const copy = async (): Promise<void> => {
    const copied = await copyText(address)
    toast(t(copied ? 'ui.copied' : 'schedule.copy_by_hand'), { tone: copied ? 'good' : 'bad' })
  }
  return (
    <Dialog title={t('schedule.feed')} onClose={onClose}>
      <div className={classes.stack}>
        <p className={classes.note}>{t('schedule.feed_explained')}</p>
        <ProblemText error={found.error ?? act.error} />
        {found.isPending && <Skeleton height={44} />}
        {address && (
          <>
            <Alert variant="light">{t('schedule.feed_once')}</Alert>
            <div className={classes.secret} data-feed>
              {address}
            </div>
            <ul className={classes.steps}>
              <li>{t('schedule.feed_phone')}</li>
              <li>{t('schedule.feed_desk')}</li>
            </ul>
            <Button onClick={() => void copy()}>{t('schedule.feed_copy')}</Button>
          </>
        )}
        {!address && made && <p className={classes.note}>{t('schedule.feed_since', { day: day(made) })}</p>}
        {found.isSuccess && (
          <Group justify="flex-end">
            {made && (
              <Button variant="default" disabled={act.busy} onClick={revoke}>
                {t('schedule.feed_revoke')}
              </Button>
            )}
            <Button variant={address ? 'default' : 'filled'} loading={act.busy} onClick={renew}>
              {t(made ? 'schedule.feed_renew' : 'schedule.feed_make')}
            </Button>
          </Group>
        )}
      </div>
    </Dialog>
  )
}
