// One template: its name, until when a log is in time, and its fields in their order.
import { Button, NativeSelect, Switch, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { api } from '../api/client'
import { asProblem } from '../api/problem'
import type { LogTemplateView } from '../api/generated'
import type { Rhythm } from '../feed/kinds/log/periods'
import { say, useT } from '../i18n/i18n'
import { applyAnswer, putChange } from '../live/answers'
import { newId } from '../api/ids'
import { Dialog } from '../ui/Dialog'
import { DialogForm } from '../ui/DialogForm'
import { ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { useAct } from '../ui/useAct'
import { FieldEditor } from './FieldEditor'
import { bodyOf, type FieldForm, formOf, moved, newField } from './form'
import classes from './Worklog.module.css'

const RHYTHMS: readonly Rhythm[] = ['day', 'week', 'month']
const MOST_FIELDS = 20
const MOST_DAYS = 10

export function TemplateDialog({ template, onClose }: { template: LogTemplateView | null; onClose: () => void }) {
  const t = useT()
  const act = useAct()
  const key = useRef(newId())
  const [form, setForm] = useState(() => formOf(template))
  const [version, setVersion] = useState(template?.version ?? 0)
  const set = (change: Partial<typeof form>): void => setForm({ ...form, ...change })
  const fields = (change: FieldForm[]): void => set({ fields: change })
  const save = (): void => {
    void act.run(async () => {
      try {
        const body = bodyOf(form)
        const answer = template
          ? await api.put<LogTemplateView>(`/log-templates/${template.id}`, { ...body, version, is_active: form.is_active })
          : await api.post<LogTemplateView>('/log-templates', { ...body, rhythm: form.rhythm }, { key: key.current })
        applyAnswer(answer.seq, [putChange('log_template', answer.data.id, answer.data)])
        toast(say('logs.saved'), { tone: 'good' })
        onClose()
      } catch (error) {
        key.current = newId()
        if (asProblem(error).code === 'stale_version') setVersion(template?.version ?? version)
        throw error
      }
    })
  }
  const beside = ['name', 'due_days', 'fields', ...form.fields.flatMap((_, at) => ['title', 'choices', 'unit', 'hint'].map((one) => `fields[${at}].${one}`))]
  return (
    <Dialog title={template ? template.name : t('logs.new_template')} onClose={onClose} size={680} tall>
      <DialogForm onSubmit={save} onCancel={onClose} submit={t('ui.save')} busy={act.busy}>
        <div className={classes.pair}>
          <TextInput
            label={t('logs.name')}
            value={form.name}
            maxLength={40}
            data-autofocus
            onChange={(event) => set({ name: event.currentTarget.value })}
            error={act.of('name')}
          />
          {template ? null : (
            <NativeSelect
              label={t('logs.rhythm')}
              size="md"
              value={form.rhythm}
              onChange={(event) => set({ rhythm: event.currentTarget.value as Rhythm })}
              data={RHYTHMS.map((one) => ({ value: one, label: t(`logs.rhythm_${one}`) }))}
            />
          )}
          <NativeSelect
            label={t('logs.due')}
            size="md"
            value={String(form.due_days)}
            onChange={(event) => set({ due_days: Number(event.currentTarget.value) })}
            data={Array.from({ length: MOST_DAYS + 1 }, (_, days) => ({
              value: String(days),
              label: days === 0 ? t(`logs.due_within_${form.rhythm}`) : t('logs.due_after', { count: days }),
            }))}
            error={act.of('due_days')}
          />
        </div>
        <h3 className={classes.heading}>{t('logs.fields')}</h3>
        <ol className={classes.editors}>
          {form.fields.map((one, at) => (
            <FieldEditor
              key={one.id}
              field={one}
              number={at + 1}
              last={at === form.fields.length - 1}
              alone={form.fields.length === 1}
              errorOf={(name) => act.of(`fields[${at}].${name}`)}
              onChange={(changed) => fields(form.fields.map((each) => (each.id === one.id ? changed : each)))}
              onMove={(by) => fields(moved(form.fields, at, by))}
              onRemove={() => fields(form.fields.filter((each) => each.id !== one.id))}
            />
          ))}
        </ol>
        {form.fields.length < MOST_FIELDS && (
          <Button
            type="button"
            variant="default"
            leftSection={<IconPlus size={18} />}
            onClick={() => fields([...form.fields, newField(`n${newId()}`)])}
          >
            {t('logs.add_field')}
          </Button>
        )}
        {template && (
          <Switch
            label={t('logs.offered')}
            description={t('logs.offered_explained')}
            checked={form.is_active}
            onChange={(event) => set({ is_active: event.currentTarget.checked })}
          />
        )}
        <ProblemText error={act.rest(beside)} />
      </DialogForm>
    </Dialog>
  )
}
