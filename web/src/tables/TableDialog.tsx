// One prepared table: its name, a note, and its columns in their order. What was posted stays as it was.
import { Button, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { api } from '../api/client'
import type { PreparedTableView } from '../api/generated'
import { newId } from '../api/ids'
import { asProblem } from '../api/problem'
import { say, useT } from '../i18n/i18n'
import { applyAnswer, putChange } from '../live/answers'
import { Dialog } from '../ui/Dialog'
import { DialogForm } from '../ui/DialogForm'
import { ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { useAct } from '../ui/useAct'
import { ColumnEditor } from './ColumnEditor'
import { bodyOf, type ColumnForm, formOf, newColumn } from './form'
import classes from './Tables.module.css'

const MOST_COLUMNS = 12
const NAMES = ['title', 'choices', 'unit'] as const

/** Null: a new one. */
export function TableDialog({ table, onClose }: { table: PreparedTableView | null; onClose: () => void }) {
  const t = useT()
  const act = useAct()
  const key = useRef(newId())
  const [form, setForm] = useState(() => formOf(table))
  const [version, setVersion] = useState(table?.version ?? 0)
  const put = (columns: ColumnForm[]): void => setForm({ ...form, columns })
  const move = (from: number, by: number): void => {
    const one = form.columns[from]
    if (one) put(form.columns.toSpliced(from, 1).toSpliced(from + by, 0, one))
  }
  const save = (): void => {
    void act.run(async () => {
      try {
        const body = bodyOf(form)
        const answer = table
          ? await api.put<PreparedTableView>(`/tables/${table.id}`, { ...body, version })
          : await api.post<PreparedTableView>('/tables', body, { key: key.current })
        applyAnswer(answer.seq, [putChange('prepared_table', answer.data.id, answer.data)])
        toast(say('tables.saved'), { tone: 'good' })
        onClose()
      } catch (error) {
        key.current = newId()
        // What somebody else saved meanwhile stands in the list by now; saving again means it.
        if (asProblem(error).code === 'stale_version') setVersion(table?.version ?? version)
        throw error
      }
    })
  }
  const beside = ['name', 'note', ...form.columns.flatMap((_, at) => NAMES.map((one) => `columns[${at}].${one}`))]
  return (
    <Dialog title={table ? table.name : t('tables.add')} onClose={onClose} size={680} tall>
      <DialogForm
        onSubmit={save}
        onCancel={onClose}
        submit={t('ui.save')}
        busy={act.busy}
        disabled={form.name.trim() === ''}
      >
        <TextInput
          label={t('tables.name')}
          value={form.name}
          maxLength={40}
          data-autofocus
          onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
          error={act.of('name')}
        />
        <TextInput
          label={t('tables.note')}
          placeholder={t('tables.note_placeholder')}
          value={form.note}
          maxLength={200}
          onChange={(event) => setForm({ ...form, note: event.currentTarget.value })}
          error={act.of('note')}
        />
        <h3 className={classes.heading}>{t('tables.columns')}</h3>
        <ol className={classes.columns}>
          {form.columns.map((one, at) => (
            <ColumnEditor
              key={one.id}
              column={one}
              number={at + 1}
              last={at === form.columns.length - 1}
              alone={form.columns.length === 1}
              errorOf={(name) => act.of(`columns[${at}].${name}`)}
              onChange={(changed) => put(form.columns.with(at, changed))}
              onMove={(by) => move(at, by)}
              onRemove={() => put(form.columns.toSpliced(at, 1))}
            />
          ))}
        </ol>
        {form.columns.length < MOST_COLUMNS && (
          <Button variant="default" leftSection={<IconPlus size={18} />} onClick={() => put([...form.columns, newColumn(`n${newId()}`)])}>
            {t('tables.add_column')}
          </Button>
        )}
        <ProblemText error={act.rest(beside)} />
      </DialogForm>
    </Dialog>
  )
}
