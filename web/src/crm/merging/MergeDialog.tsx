// Two records that are one: which other, which of the two stays, whose value of each field, and what goes along (W42).
import { Button, Group, Skeleton } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../../api/client'
import { useT } from '../../i18n/i18n'
import { applyAnswer } from '../../live/answers'
import { Dialog } from '../../ui/Dialog'
import { ProblemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { useAct } from '../../ui/useAct'
import { LinkInput } from '../inputs/NameInputs'
import { addressOfRecord, useWords } from '../kinds'
import { applyRecord, forgetRecord } from '../rows'
import type { LinkValue, RecordItem, RecordKind, RecordRow } from '../wire'
import { Compare } from './Compare'
import classes from './Merging.module.css'
import type { MergePreview, Side } from './wire'

interface Props {
  kind: RecordKind
  row: RecordRow
  onClose: () => void
}

export default function MergeDialog({ kind, row, onClose }: Props) {
  const t = useT()
  const words = useWords()
  const act = useAct()
  const [, go] = useLocation()
  const [other, setOther] = useState<LinkValue | null>(null)
  const [isTurned, setTurned] = useState(false)
  const [sides, setSides] = useState<Record<string, Side>>({})
  const survivor = isTurned && other ? other.id : row.id
  const merged = isTurned ? row.id : (other?.id ?? 0)
  const preview = useQuery({
    queryKey: ['record-merge', row.kind, survivor, merged],
    queryFn: async ({ signal }) => {
      const answer = await api.get<MergePreview>(`/records/${row.kind}/${survivor}/merge`, { query: { other: merged }, signal })
      applyAnswer(answer.seq, answer.data.also ?? [])
      return answer.data
    },
    enabled: other !== null,
    retry: false,
    gcTime: 0,
  })
  const shown = other ? preview.data : undefined
  const choose = (value: LinkValue | null): void => {
    setOther(value)
    setSides({})
    setTurned(false)
  }
  const turn = (): void => {
    setTurned(!isTurned)
    setSides(Object.fromEntries(Object.entries(sides).map(([name, side]) => [name, side === 'mine' ? 'theirs' : 'mine'])))
  }
  const save = async (): Promise<void> => {
    if (!shown) return
    const done = await act.run(async () => {
      const body = { other: merged, version: shown.mine.version, other_version: shown.theirs.version, fields: sides }
      try {
        applyRecord(await api.put<RecordItem>(`/records/${row.kind}/${survivor}/merge`, body))
      } catch (error) {
        void preview.refetch() // what was looked at may be another now
        throw error
      }
      toast(t('merging.done'), { tone: 'good' })
    })
    if (!done) return
    onClose()
    if (survivor !== row.id) go(addressOfRecord(row.kind, survivor), { replace: true })
    forgetRecord(row.kind, merged)
  }
  return (
    <Dialog title={t('merging.title', { kind: words(kind.words) })} onClose={onClose} tall size="lg">
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <LinkInput field={{ link: kind.kind, required: true }} label={t('merging.other')} value={other} onChange={choose} error={act.of('other')} autoFocus={!other} except={row.id} />
        {!other && <p className={classes.note}>{t('merging.about')}</p>}
        {other && preview.isFetching && !shown && <Skeleton height={220} aria-hidden />}
        {other && <ProblemText error={preview.error} />}
        {shown && (
          <>
            <div className={classes.pair}>
              <Which label={t('merging.stays')} row={shown.mine} />
              <Button variant="default" leftSection={<IconArrowsExchange size={18} />} onClick={turn}>
                {t('merging.turn')}
              </Button>
              <Which label={t('merging.goes')} row={shown.theirs} />
            </div>
            <Compare kind={kind} preview={shown} sides={sides} onChange={setSides} />
          </>
        )}
        <ProblemText error={act.rest(['other'])} />
        <Group justify="flex-end" gap="xs" className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={act.busy} disabled={!shown || preview.isFetching}>
            {t('merging.confirm')}
          </Button>
        </Group>
      </form>
    </Dialog>
  )
}

function Which({ label, row }: { label: string; row: RecordRow }) {
  return (
    <div className={classes.which} data-merge-side={row.id}>
      <span className={classes.label}>{label}</span>
      <strong className={classes.name}>{row.title}</strong>
      <span className={classes.label}>{row.number}</span>
    </div>
  )
}
