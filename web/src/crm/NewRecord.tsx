// Makes a record: the few fields that are needed, or the whole form by sections. What is typed stands until it is sent or thrown away.
import { Button, Group } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { Fragment, useEffect, useRef, useState } from 'react'
import { api } from '../api/client'
import { newId } from '../api/ids'
import { asProblem } from '../api/problem'
import { useT } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import { drafts } from '../ui/drafts'
import { Panel } from '../ui/Panel'
import { ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { useAct } from '../ui/useAct'
import { DuplicateDialog } from './duplicates/DuplicateDialog'
import { likesIn } from './duplicates/likes'
import { LikesHint } from './duplicates/LikesHint'
import type { Answer, Likes } from './duplicates/wire'
import { bodyOf, isBegun, needsWhole, OWNER, quickFields, type RecordForm, standsBelow } from './form'
import { FieldInput } from './inputs/FieldInput'
import { PersonInput } from './inputs/NameInputs'
import { fieldOf, fieldsOf, isWritable, useWords } from './kinds'
import classes from './Record.module.css'
import { PoolSelect } from './pools/PoolSelect'
import { POOL } from './pools/usePools'
import { keepRegistration } from './registry/asking'
import { CompanyName } from './registry/CompanyName'
import type { ChosenCompany } from './registry/wire'
import { applyRecord, fetchRecord } from './rows'
import type { Field, RecordItem, RecordKind, RecordRow, Value } from './wire'

interface Props {
  kind: RecordKind
  /** Filled in already: a copy, or the customer of a new contact. */
  from?: Record<string, Value>
  onMade: (row: RecordRow) => void
  onClose: () => void
}

const NOTHING: Record<string, Value> = {}

/** What is filled in where it cannot be seen opens the whole form. */
function filled(kind: RecordKind, form: RecordForm, values: Record<string, Value>): RecordForm {
  const isHidden = needsWhole(kind, Object.keys(values).map((name) => `fields.${name}`))
  return { ...form, values: { ...form.values, ...values }, isWhole: form.isWhole || isHidden }
}

export default function NewRecord({ kind, from = NOTHING, onMade, onClose }: Props) {
  const t = useT()
  const me = useMyId()
  const words = useWords()
  const act = useAct()
  const place = `record.${kind.kind}${from === NOTHING ? '' : `.${JSON.stringify(from)}`}`
  const follows = standsBelow(kind)
  const blank: RecordForm = { values: from, owner: follows ? null : me, isWhole: false }
  const [kept] = useState(() => drafts.readForm<RecordForm & { key: string }>(me, place))
  const [form, setForm] = useState<RecordForm>(kept ?? blank)
  const key = useRef(kept?.key ?? newId())
  const made = useRef(false)
  useEffect(() => {
    if (!made.current) drafts.writeForm(me, place, isBegun(form, from) ? { ...form, key: key.current } : null)
  }, [me, place, form, from])
  const set = (name: string, value: Value): void => setForm((now) => ({ ...now, values: { ...now.values, [name]: value } }))
  const [likes, setLikes] = useState<Likes | null>(null)
  const save = (answers: Answer[] = []): void => {
    void act.run(async () => {
      try {
        const body = { ...bodyOf(kind, form), ...(answers.length > 0 && { duplicates: answers }) }
        const answer = await api.post<RecordItem>(`/records/${kind.kind}`, body, { key: key.current })
        made.current = true
        drafts.writeForm(me, place, null)
        const row = applyRecord(answer)
        toast(t('crm.made', { title: row.title }), { tone: 'good' })
        if (form.company) await attach(row, form.company)
        onMade(row)
      } catch (error) {
        const problem = asProblem(error)
        if (!problem.isPassing) key.current = newId()
        setLikes(likesIn(error))
        if (needsWhole(kind, (problem.problem.errors ?? []).map((one) => one.field))) setForm((now) => ({ ...now, isWhole: true }))
        throw error
      }
    })
  }
  /** The record is there, whether or not the registry answers. */
  const attach = async (row: RecordRow, { provider, ref }: ChosenCompany): Promise<void> => {
    try {
      await keepRegistration(row.kind, row.id, provider, ref)
      await fetchRecord(row.kind, row.id)
    } catch {
      toast(t('registry.not_attached'), { tone: 'bad' })
    }
  }
  const quick = quickFields(kind)
  const sections = form.isWhole
    ? kind.sections.map((one) => ({ code: one.code, title: words(one.words), fields: fieldsOf(kind, one.fields) }))
    : [{ code: 'quick', title: '', fields: quick }]
  const named = new Set(sections.flatMap((one) => one.fields.map((field) => field.name)))
  const left = form.isWhole ? kind.fields.filter((one) => isWritable(one) && !named.has(one.name)) : []
  const shown = left.length > 0 ? [...sections, { code: 'other', title: t('crm.other_fields'), fields: left }] : sections
  const first = quick[0]?.name
  const hasMore = kind.fields.filter(isWritable).length > quick.length
  const input = (field: Field) =>
    field.name === OWNER ? null : kind.registry && field.name === kind.title ? (
      <CompanyName
        key={field.name}
        kind={kind}
        field={field}
        values={form.values}
        company={form.company ?? null}
        onCompany={(company) => setForm((now) => ({ ...now, company }))}
        onFill={(values) => setForm((now) => filled(kind, now, values))}
        error={act.of(`fields.${field.name}`)}
        autoFocus={field.name === first && kept === null}
      />
    ) : (
      <FieldInput
        key={field.name}
        field={field}
        value={form.values[field.name]}
        onChange={(value) => set(field.name, value)}
        error={act.of(`fields.${field.name}`)}
        autoFocus={field.name === first && kept === null}
      />
    )
  const withHint = (field: Field) =>
    field.duplicates ? (
      <Fragment key={field.name}>
        {input(field)}
        <LikesHint kind={kind} field={field} values={form.values} />
      </Fragment>
    ) : (
      input(field)
    )
  const owner = fieldOf(kind, OWNER)
  return (
    <Panel title={t('crm.new_kind', { kind: words(kind.words) })} width={560} onClose={onClose}>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        {shown.map(({ code, title, fields }) => (
          <section key={code} className={classes.inputs} aria-label={title || words(kind.words)}>
            {title && <h3 className={classes.sectionTitle}>{title}</h3>}
            {fields.filter((one) => isWritable(one)).map(withHint)}
          </section>
        ))}
        <PersonInput
          label={owner ? words(owner.words) : t('crm.owner')}
          description={follows ? t('crm.owner_follows') : form.isUnowned ? t('pools.no_owner_yet') : undefined}
          value={form.isUnowned ? null : form.owner}
          onChange={(one) => setForm((now) => ({ ...now, owner: one ?? blank.owner, isUnowned: false }))}
          error={act.of('owner')}
        />
        {fieldOf(kind, POOL) && (
          <PoolSelect
            kind={kind.kind}
            value={form.pool ?? null}
            isUnowned={form.isUnowned === true}
            onChange={(pool, isUnowned) => setForm((now) => ({ ...now, pool, isUnowned }))}
            error={act.of('pool')}
          />
        )}
        {hasMore && (
          <Button
            type="button"
            variant="subtle"
            leftSection={form.isWhole ? <IconChevronUp size={18} /> : <IconChevronDown size={18} />}
            onClick={() => setForm((now) => ({ ...now, isWhole: !now.isWhole }))}
          >
            {t(form.isWhole ? 'crm.fewer_fields' : 'crm.all_fields')}
          </Button>
        )}
        <ProblemText error={act.rest([...shown.flatMap((one) => one.fields.map((field) => `fields.${field.name}`)), 'owner', 'pool'])} />
        <Group justify="flex-end" gap="xs" className={classes.foot}>
          {isBegun(form, from) && (
            <Button type="button" variant="default" onClick={() => setForm(blank)}>
              {t('crm.throw_away')}
            </Button>
          )}
          <Button type="submit" loading={act.busy}>
            {t('ui.save')}
          </Button>
        </Group>
      </form>
      {likes && (
        <DuplicateDialog
          kind={kind}
          likes={likes.items}
          onClose={() => setLikes(null)}
          onKeep={(answers) => {
            setLikes(null)
            save(answers)
          }}
        />
      )}
    </Panel>
  )
}
