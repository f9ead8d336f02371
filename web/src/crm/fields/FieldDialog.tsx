// One custom field: its name in both languages, its type (for good), who sees it, whether it must be filled in.
import { ActionIcon, Button, NativeSelect, Switch, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { api } from '../../api/client'
import { newId } from '../../api/ids'
import { asProblem } from '../../api/problem'
import { useT } from '../../i18n/i18n'
import { Dialog } from '../../ui/Dialog'
import { DialogForm } from '../../ui/DialogForm'
import { ProblemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { useAct } from '../../ui/useAct'
import type { CustomField, CustomType, FieldClass } from '../wire'
import { bodyOf, classesOf, CUSTOM_TYPES, type FieldForm, formOf, hasChoices, retyped } from './form'
import classes from './Fields.module.css'

const MOST_NAME = 40
const MOST_CHOICES = { choice: 100, choices: 40 } as const

interface Props {
  kind: string
  /** Null: a new one. */
  field: CustomField | null
  onDone: () => Promise<void>
  onClose: () => void
}

export function FieldDialog({ kind, field, onDone, onClose }: Props) {
  const t = useT()
  const act = useAct()
  const key = useRef(newId())
  const [form, setForm] = useState(() => formOf(field))
  const set = (change: Partial<FieldForm>): void => setForm((now) => ({ ...now, ...change }))
  const save = async (): Promise<void> => {
    const done = await act.run(async () => {
      try {
        const body = bodyOf(form)
        if (field) await api.patch<CustomField>(`/record-fields/${field.id}`, { version: field.version, ...body })
        else await api.post<CustomField>('/record-fields', { kind, type: form.type, ...body }, { key: key.current })
      } catch (error) {
        if (!asProblem(error).isPassing) key.current = newId()
        throw error
      }
      await onDone()
      toast(t('crm.field_saved'), { tone: 'good' })
    })
    if (done) onClose()
  }
  const choice = (id: string, change: Partial<FieldForm['choices'][number]>): void =>
    set({ choices: form.choices.map((one) => (one.id === id ? { ...one, ...change } : one)) })
  const wrong = act.of('words') ?? act.of('words.zh-Hans')
  return (
    <Dialog title={t(field ? 'crm.field_change' : 'crm.field_add')} onClose={onClose} size={600} tall>
      <DialogForm
        onSubmit={save}
        onCancel={onClose}
        submit={t('ui.save')}
        busy={act.busy}
        disabled={(form.zh + form.en).trim() === ''}
      >
        <div className={classes.pair}>
          <TextInput label={t('crm.field_zh')} value={form.zh} maxLength={MOST_NAME} data-autofocus onChange={(event) => set({ zh: event.currentTarget.value })} error={wrong} />
          <TextInput label={t('crm.field_en')} value={form.en} maxLength={MOST_NAME} onChange={(event) => set({ en: event.currentTarget.value })} error={act.of('words.en')} />
        </div>
        <div className={classes.pair}>
          <NativeSelect
            size="md"
            label={t('crm.field_type')}
            description={field ? t('crm.field_type_fixed') : undefined}
            disabled={field !== null}
            value={form.type}
            onChange={(event) => set(retyped(form, event.currentTarget.value as CustomType))}
            data={CUSTOM_TYPES.map((one) => ({ value: one, label: t(`crm.type_${one}`) }))}
            error={act.of('type')}
          />
          <NativeSelect
            size="md"
            label={t('crm.field_class')}
            description={t(`crm.class_${form.class}_text`)}
            value={form.class}
            onChange={(event) => set({ class: event.currentTarget.value as FieldClass })}
            data={classesOf(form.type).map((one) => ({ value: one, label: t(`crm.class_${one}`) }))}
            error={act.of('class')}
          />
        </div>
        {hasChoices(form.type) && (
          <fieldset className={classes.choices}>
            <legend className={classes.legend}>{t('crm.field_choices')}</legend>
            {form.choices.map((one, at) => (
              <div key={one.id} className={classes.choice}>
                <TextInput aria-label={t('crm.choice_zh', { number: at + 1 })} placeholder={t('crm.field_zh')} value={one.zh} maxLength={MOST_NAME} onChange={(event) => choice(one.id, { zh: event.currentTarget.value })} />
                <TextInput aria-label={t('crm.choice_en', { number: at + 1 })} placeholder={t('crm.field_en')} value={one.en} maxLength={MOST_NAME} onChange={(event) => choice(one.id, { en: event.currentTarget.value })} />
                <ActionIcon aria-label={t('crm.choice_remove', { number: at + 1 })} onClick={() => set({ choices: form.choices.filter((other) => other.id !== one.id) })}>
                  <IconTrash size={20} />
                </ActionIcon>
              </div>
            ))}
            {form.choices.length < MOST_CHOICES[form.type === 'choices' ? 'choices' : 'choice'] && (
              <Button type="button" variant="default" leftSection={<IconPlus size={18} />} onClick={() => set({ choices: [...form.choices, { id: newId(), code: null, zh: '', en: '' }] })}>
                {t('crm.choice_add')}
              </Button>
            )}
            {act.of('choices') && <ProblemText error={act.error} />}
          </fieldset>
        )}
        {form.type !== 'flag' && (
          <Switch label={t('crm.field_required')} description={t('crm.field_required_text')} checked={form.required} onChange={(event) => set({ required: event.currentTarget.checked })} />
        )}
        <ProblemText error={act.rest(['words', 'words.zh-Hans', 'words.en', 'type', 'class', 'choices'])} />
      </DialogForm>
    </Dialog>
  )
}
