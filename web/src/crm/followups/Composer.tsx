// Writing what was done, beside the record: kept with it alone, or told to colleagues as a sales record (WORK-15, WORK-16). One shape.
import { Button, SegmentedControl, Textarea } from '@mantine/core'
import { IconChevronDown, IconUsers } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { api } from '../../api/client'
import { newId } from '../../api/ids'
import { asProblem } from '../../api/problem'
import type { PublishedPost } from '../../api/types'
import { AudienceField } from '../../feed/share/AudienceField'
import { audienceOf } from '../../feed/share/form'
import { noteUnreached } from '../../feed/published'
import type { Sort } from '../../feed/kinds/sales/sorts'
import { AttachButton } from '../../files/AttachButton'
import { MOST_FILES, uploads } from '../../files/uploads'
import { UploadTray } from '../../files/UploadTray'
import { useUploads } from '../../files/useUploads'
import { listed } from '../../i18n/dates'
import { say, useT, withTexts } from '../../i18n/i18n'
import { applyAnswer, putChange } from '../../live/answers'
import { useCan, useMe } from '../../live/bootstrap'
import { useDepartment } from '../../live/directory'
import { departmentNamed } from '../../live/lookup'
import { drafts } from '../../ui/drafts'
import type { Named } from '../../ui/names'
import { ProblemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { useAct } from '../../ui/useAct'
import { fetchRecord } from '../rows'
import type { FollowUp, RecordRow } from '../wire'
import { Counts } from './Counts'
import classes from './FollowUps.module.css'
import { letters, useLeast } from './rule'
import { SortChoice } from './SortChoice'

const ReachLine = lazy(withTexts(() => import('../../feed/share/ReachLine')))
const MOST = 5_000
const WHERE = 'followup.where'
type Where = 'here' | 'share'

interface Kept {
  sort: Sort
  text: string
  key: string
  /** Missing in drafts of earlier versions. */
  audience?: Named[] | null
}

export function Composer({ row, isFocused }: { row: RecordRow; isFocused: boolean }) {
  const t = useT()
  const { person } = useMe()
  const mayNote = row.may.includes('followup')
  const mayShare = useCan('post.share')
  const at = `record.${row.kind}.${row.id}.followup`
  const [kept] = useState(() => drafts.readForm<Kept>(person.id, at))
  const [chosen, setWhere] = useState<Where>(() => drafts.readForm<Where>(person.id, WHERE) ?? 'here')
  const where: Where = !mayNote ? 'share' : mayShare ? chosen : 'here'
  const [sort, setSort] = useState<Sort>(kept?.sort ?? 'visit')
  const [text, setText] = useState(kept?.text ?? '')
  const [named, setNamed] = useState<Named[] | null>(kept?.audience ?? null)
  const own = useDepartment(person.department_ids[0])
  const audience = named ?? (own ? [departmentNamed(own)] : [])
  const [isChoosing, setChoosing] = useState(false)
  const files = useUploads(at)
  const key = useRef(kept?.key ?? newId())
  const field = useRef<HTMLTextAreaElement>(null)
  const least = useLeast()
  const act = useAct()
  const queries = useQueryClient()
  useEffect(() => {
    drafts.writeForm(person.id, at, text.trim() ? { sort, text, key: key.current, audience: named } : null)
  }, [person.id, at, sort, text, named])
  useEffect(() => {
    if (isFocused) field.current?.focus()
  }, [isFocused])
  const choose = (to: Where): void => {
    setWhere(to)
    drafts.writeForm(person.id, WHERE, to)
  }
  const note = async (): Promise<void> => {
    await api.post<FollowUp>(`/records/${row.kind}/${row.id}/followups`, { sort, text: text.trim() }, { key: key.current })
  }
  const share = async (): Promise<void> => {
    const sent = files.list.map((one) => one.key)
    const ready = await uploads.ready(sent)
    const body = {
      kind: 'sales_record',
      text: text.trim(),
      audience: audienceOf(audience),
      details: { record: { kind: row.kind, id: row.id }, sort },
      files: ready.map((one) => one.id),
    }
    const { data, seq } = await api.post<PublishedPost>('/posts', body, { key: key.current })
    const { not_notified, ...post } = data
    applyAnswer(seq, [putChange('post', post.id, post)])
    noteUnreached(post.id, not_notified)
    for (const one of sent) uploads.forget(one)
    toast(say('crm.sales_published'), { tone: 'good' })
  }
  const send = (): void => {
    void act.run(async () => {
      try {
        await (where === 'share' ? share() : note())
      } catch (error) {
        if (!asProblem(error).isPassing) key.current = newId()
        throw error
      }
      key.current = newId()
      setText('')
      setNamed(null)
      setChoosing(false)
      await Promise.all([queries.invalidateQueries({ queryKey: ['record-followups', row.kind, row.id] }), fetchRecord(row.kind, row.id)])
    })
  }
  const wrong = act.error ? asProblem(act.error).field('audience') : undefined
  const says = letters(text) >= least
  const isReady = where === 'share' ? (text.trim() !== '' || files.list.length > 0) && audience.length > 0 : says
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) send()
      }}
      {...(where === 'share' ? files.taking : {})}
    >
      <SortChoice value={sort} onChange={setSort} />
      <Textarea
        ref={field}
        aria-label={t('crm.followup_text')}
        placeholder={t('crm.followup_text')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={MOST}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={act.of('text')}
      />
      {mayNote && mayShare && (
        <SegmentedControl
          fullWidth
          aria-label={t('crm.followup_where')}
          value={where}
          onChange={(value) => choose(value as Where)}
          data={[
            { value: 'here', label: t('crm.followup_here') },
            { value: 'share', label: t('crm.followup_share') },
          ]}
        />
      )}
      {where === 'share' && (
        <>
          <UploadTray list={files.list} />
          {isChoosing || audience.length === 0 || wrong ? (
            <AudienceField value={audience} onChange={setNamed} error={wrong} />
          ) : (
            <button type="button" className={classes.to} aria-expanded={false} onClick={() => setChoosing(true)} data-audience>
              <IconUsers size={18} aria-hidden />
              <span>{t('crm.followup_to', { names: listed(audience.map((one) => one.name)) })}</span>
              <IconChevronDown size={18} aria-hidden />
            </button>
          )}
          <Suspense fallback={null}>
            <ReachLine place={at} text={text} mentioned={[]} audience={audience} along={[row]} onAdd={(names) => setNamed([...audience, ...names])} />
          </Suspense>
        </>
      )}
      <Counts moves={row.moves_clock} told={where === 'share'} />
      <ProblemText error={act.rest(['text', 'audience'])} />
      <div className={classes.send}>
        {where === 'share' && <AttachButton onChoose={files.add} disabled={files.list.length >= MOST_FILES} />}
        <Button type="submit" loading={act.busy} disabled={!isReady} className={classes.publish}>
          {t(where === 'share' ? 'feed.publish' : 'crm.followup_save')}
        </Button>
      </div>
    </form>
  )
}
