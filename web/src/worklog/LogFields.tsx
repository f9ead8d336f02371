// Writing a log: which template, for which day, week or month, what is asked, and to whom it is handed in.
import { Alert, Loader, NativeSelect, SegmentedControl } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useEffect } from 'react'
import { Link, useSearch } from 'wouter'
import type { LogTemplateView } from '../api/generated'
import type { Id } from '../api/types'
import type { FieldsProps } from '../feed/kinds/declared'
import { filledIn, isBegun, type LogForm } from '../feed/kinds/log/log'
import { beginOf, offered, partsOf } from '../feed/kinds/log/periods'
import { nearPeriodText } from '../feed/kinds/log/words'
import { useT } from '../i18n/i18n'
import { useMe } from '../live/bootstrap'
import { usePerson } from '../live/directory'
import { colleagueSearch, personNamed } from '../live/lookup'
import { EmptyState } from '../ui/EmptyState'
import { NamePicker } from '../ui/NamePicker'
import { fieldText, ProblemText } from '../ui/ProblemText'
import { FieldInputs } from './FieldInputs'
import { useTemplates } from './templates'
import classes from './Worklog.module.css'

const FEW = 3

export default function LogFields({ value, onChange, error }: FieldsProps) {
  const t = useT()
  const form = value as LogForm
  const templates = useTemplates()
  const { today } = templates
  const wanted = useWanted()
  const { person } = useMe()
  const manager = usePerson(usePerson(person.id)?.manager_id ?? person.manager_id)
  const asked = templates.offered.find((one) => one.id === form.template)
  const choose = (template: LogTemplateView): void =>
    onChange({ ...value, template: template.id, period: beginOf(template.rhythm, today) })

  // What was not chosen by hand yet: the period that was called for, else the first template and now; one's manager.
  useEffect(() => {
    if (!today || templates.offered.length === 0) return
    const next: LogForm = { ...form }
    const called = templates.offered.find((one) => one.id === wanted?.template)
    if (called && wanted) {
      Object.assign(next, { template: called.id, period: wanted.begin })
    } else if (!asked || !form.period || (!isBegun(form) && form.period !== beginOf(asked.rhythm, today))) {
      const first = asked ?? templates.offered[0]
      if (first) Object.assign(next, { template: first.id, period: beginOf(first.rhythm, today) })
    }
    if (form.recipients === undefined && manager) next.recipients = [personNamed(manager)]
    if (next.template !== form.template || next.period !== form.period || next.recipients !== form.recipients) {
      onChange(next as typeof value)
    }
    // biome-ignore lint: once for each that arrives, not with every letter
  }, [today, templates.offered.length, manager?.id])

  if (templates.error) return <ProblemText error={templates.error} />
  if (!today) return <Loader size="sm" aria-label={t('ui.loading')} />
  if (templates.offered.length === 0) return <EmptyState title={t('logs.no_templates')}>{t('logs.no_templates_text')}</EmptyState>
  if (!asked) return null
  const begin = form.period ?? beginOf(asked.rhythm, today)
  const refused = error?.field === 'details.period' ? Number(error.params?.post ?? 0) : 0
  const before = templates.mineFor(asked.id, begin) ?? (refused || undefined)
  const periods = offered(asked.rhythm, today)
  return (
    <div className={classes.form} data-field="details" data-template={asked.id}>
      {templates.offered.length <= FEW ? (
        <SegmentedControl
          aria-label={t('logs.template')}
          value={String(asked.id)}
          onChange={(id) => templates.offered.filter((one) => String(one.id) === id).forEach(choose)}
          data={templates.offered.map((one) => ({ value: String(one.id), label: one.name }))}
        />
      ) : (
        <NativeSelect
          label={t('logs.template')}
          size="md"
          value={String(asked.id)}
          onChange={(event) => templates.offered.filter((one) => String(one.id) === event.currentTarget.value).forEach(choose)}
          data={templates.offered.map((one) => ({ value: String(one.id), label: one.name }))}
        />
      )}
      <NativeSelect
        label={t(`logs.period_${asked.rhythm}`)}
        size="md"
        data-period={begin}
        value={begin}
        onChange={(event) => onChange({ ...value, period: event.currentTarget.value })}
        data={periods.map((one) => ({
          value: one,
          label: nearPeriodText(asked.rhythm, one, today) + (templates.mineFor(asked.id, one) ? ` · ${t('logs.handed_in')}` : ''),
        }))}
        error={error?.field === 'details.period' && !before ? <span data-error={error.code}>{fieldText(error)}</span> : undefined}
      />
      {before !== undefined && <Before post={before} />}
      {error?.field === 'details.template' && (
        <p className={classes.wrong} data-error={error.code}>
          {fieldText(error)}
        </p>
      )}
      <FieldInputs
        fields={asked.fields}
        values={filledIn(form)}
        onChange={(values) => onChange({ ...value, filled: { ...form.filled, [asked.id]: values } })}
        error={error}
        at="details.values"
      />
      {error?.field === 'details.values' && (
        <p className={classes.wrong} data-error={error.code}>
          {fieldText(error)}
        </p>
      )}
      <NamePicker
        label={t('logs.recipients')}
        description={t('logs.recipients_explained')}
        placeholder={t('logs.recipients_placeholder')}
        value={form.recipients ?? []}
        onChange={(recipients) => onChange({ ...value, recipients })}
        search={colleagueSearch}
        error={error?.field.startsWith('details.recipients') ? fieldText(error) : undefined}
      />
    </div>
  )
}

/** Handed in already: the way there. */
function Before({ post }: { post: Id }) {
  const t = useT()
  return (
    <Alert color="yellow" role="status" icon={<IconInfoCircle size={18} />} data-error="duplicate">
      {t('logs.before')}{' '}
      <Link href={`/posts/${post}`} className={classes.link}>
        {t('logs.look_at_it')}
      </Link>
    </Alert>
  )
}

/** What the address asks for. */
function useWanted(): { template: Id; begin: string } | null {
  const number = new URLSearchParams(useSearch()).get('period') ?? ''
  return /^[1-9]\d{8,15}$/.test(number) ? partsOf(Number(number)) : null
}
