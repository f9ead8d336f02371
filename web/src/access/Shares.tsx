// Who may read this one record for a time, and who asks to; given, answered and taken back here (CHAT-09, N1).
import { ActionIcon, Button } from '@mantine/core'
import { IconKey, IconX } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { api } from '../api/client'
import type { ShareView } from '../api/generated'
import type { List, Todo } from '../api/types'
import classes from '../crm/record/RecordPage.module.css'
import type { RecordRow } from '../crm/wire'
import { dayAndTime } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { applyAnswer } from '../live/answers'
import { useMyId } from '../live/bootstrap'
import { usePerson } from '../live/directory'
import { useSelector } from '../live/hooks'
import { colleagueSearch } from '../live/lookup'
import type { Store } from '../live/store'
import { showPerson } from '../people/shown'
import { Avatar } from '../ui/Avatar'
import { Dialog } from '../ui/Dialog'
import { DialogForm } from '../ui/DialogForm'
import { NamePicker } from '../ui/NamePicker'
import type { Named } from '../ui/names'
import { problemText, ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { useAct } from '../ui/useAct'
import AccessTodo from './AccessTodo'
import own from './Access.module.css'
import { letRead } from './acts'
import { Days, USUAL } from './Days'

export default function Shares({ row, stamp }: { row: RecordRow; stamp: number }) {
  const t = useT()
  const queries = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const asking = useSelector(
    ['todo/access'],
    useCallback((store: Store): Todo[] => store.all('todo/access').filter(({ source }) => source.kind === row.kind && source.id === row.id), [row.kind, row.id]),
  )
  const key = ['record-shares', row.kind, row.id]
  const shares = useQuery({
    queryKey: [...key, stamp],
    queryFn: async ({ signal }) => {
      const answer = await api.get<List<ShareView>>(`/records/${row.kind}/${row.id}/shares`, { signal })
      applyAnswer(answer.seq, answer.data.also ?? [])
      return answer.data.items
    },
    placeholderData: (before) => before,
    retry: false,
  })
  const reload = (): Promise<void> => queries.invalidateQueries({ queryKey: key })
  const mayShare = row.may.includes('share')
  const found = shares.data ?? []
  if (found.length === 0 && asking.length === 0 && !mayShare) return null
  return (
    <section className={classes.section} aria-label={t('access.shares')} data-section="shares">
      <h3 className={classes.sectionTitle}>{t('access.shares')}</h3>
      {asking.map((one) => (
        <AccessTodo key={one.ref.id} todo={one} here />
      ))}
      <ul className={classes.people}>
        {found.map((one) => (
          <Shared key={one.person} share={one} row={row} mayShare={mayShare} onGone={() => void reload()} />
        ))}
      </ul>
      {mayShare && (
        <Button variant="subtle" size="compact-md" className={classes.more} leftSection={<IconKey size={16} />} onClick={() => setOpen(true)}>
          {t('access.share')}
        </Button>
      )}
      {isOpen && <ShareDialog row={row} onDone={() => void reload()} onClose={() => setOpen(false)} />}
    </section>
  )
}

function Shared({ share, row, mayShare, onGone }: { share: ShareView; row: RecordRow; mayShare: boolean; onGone: () => void }) {
  const t = useT()
  const me = useMyId()
  const name = usePerson(share.person)?.name ?? '…'
  const by = usePerson(share.granted_by)?.name ?? '…'
  const takeBack = async (): Promise<void> => {
    try {
      await api.delete(`/records/${row.kind}/${row.id}/shares/${share.person}`)
      toast(t('access.taken_back'), { tone: 'good' })
      onGone()
    } catch (error) {
      toast(problemText(error), { tone: 'bad' })
    }
  }
  return (
    <li className={classes.person} data-share={share.person}>
      <button type="button" className={classes.who} onClick={() => showPerson(share.person)}>
        <Avatar id={share.person} name={name} size={32} />
        <span className={classes.twoLines}>
          <span>{name}</span>
          <span className={classes.hint}>{t('access.until', { until: dayAndTime(share.until), name: by })}</span>
        </span>
      </button>
      {(mayShare || share.person === me || share.granted_by === me) && (
        <ActionIcon aria-label={t('access.take_back', { name })} onClick={() => void takeBack()}>
          <IconX size={20} />
        </ActionIcon>
      )}
    </li>
  )
}

function ShareDialog({ row, onDone, onClose }: { row: RecordRow; onDone: () => void; onClose: () => void }) {
  const t = useT()
  const act = useAct()
  const [people, setPeople] = useState<Named[]>([])
  const [days, setDays] = useState<number>(USUAL)
  const save = async (): Promise<void> => {
    const done = await act.run(async () => {
      const count = await letRead(row, { days, people: people.map((one) => one.id) })
      toast(t('access.shared', { count }), { tone: 'good' })
      onDone()
    })
    if (done) onClose()
  }
  return (
    <Dialog title={t('access.share')} onClose={onClose} tall>
      <DialogForm
        onSubmit={save}
        onCancel={onClose}
        submit={t('ui.save')}
        busy={act.busy}
        disabled={people.length === 0}
      >
        <p className={own.note}>{t('access.share_text')}</p>
        <NamePicker label={t('access.with')} value={people} onChange={setPeople} search={colleagueSearch} error={act.of('people')} autoFocus />
        <Days value={days} onChange={setDays} labelled />
        <ProblemText error={act.rest(['people'])} />
      </DialogForm>
    </Dialog>
  )
}
