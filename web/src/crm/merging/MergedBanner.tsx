// What was merged into this record, for as long as that can be undone.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client'
import type { List } from '../../api/types'
import { dayAndTime } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import { applyAnswer } from '../../live/answers'
import { usePerson } from '../../live/directory'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { Notice } from '../../ui/Notice'
import { toast } from '../../ui/toasts'
import { applyRecord } from '../rows'
import type { RecordItem, RecordRow } from '../wire'
import classes from './Merging.module.css'
import type { MergedRecord } from './wire'

export default function MergedBanner({ row, stamp }: { row: RecordRow; stamp: number }) {
  const merges = useQuery({
    queryKey: ['record-merges', row.kind, row.id, row.version, stamp],
    queryFn: async ({ signal }) => {
      const answer = await api.get<List<MergedRecord>>(`/records/${row.kind}/${row.id}/merges`, { signal })
      applyAnswer(answer.seq, answer.data.also ?? [])
      return answer.data.items
    },
    placeholderData: (before) => before,
    retry: false,
  })
  return merges.data?.map((one) => <Merged key={one.other} row={row} merged={one} />)
}

function Merged({ row, merged }: { row: RecordRow; merged: MergedRecord }) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  const by = usePerson(merged.by)?.name ?? '…'
  const named = { title: merged.title, number: merged.number }
  const undo = async (): Promise<void> => {
    applyRecord(await api.put<RecordItem>(`/records/${row.kind}/${row.id}/unmerge`, { other: merged.other }))
    toast(t('merging.undone', named), { tone: 'good' })
  }
  return (
    <div data-merged={merged.other}>
      <Notice role="status">
        <div className={classes.banner}>
          <span className={classes.said}>{t('merging.banner', { ...named, by, until: dayAndTime(merged.until) })}</span>
          {merged.may_undo && (
            <Button variant="default" onClick={() => setOpen(true)}>
              {t('merging.undo')}
            </Button>
          )}
        </div>
      </Notice>
      <ConfirmDialog opened={isOpen} title={t('merging.undo')} confirm={t('merging.undo')} danger={false} onConfirm={undo} onClose={() => setOpen(false)}>
        {t('merging.undo_confirm', named)}
      </ConfirmDialog>
    </div>
  )
}
