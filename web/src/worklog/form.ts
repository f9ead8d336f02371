// A template while it is edited: choices as they are typed, one a line. Pure.
import type { LogTemplateView, TemplateField } from '../api/generated'
import type { Rhythm } from '../feed/kinds/log/periods'

export interface FieldForm {
  /** Null: a new one. `id` tells two new ones apart. */
  id: string
  key: number | null
  title: string
  type: TemplateField['type']
  required: boolean
  choices: string
  unit: string
  hint: string
}
export interface TemplateForm {
  name: string
  rhythm: Rhythm
  due_days: number
  is_active: boolean
  fields: FieldForm[]
}

export function newField(id: string): FieldForm {
  return { id, key: null, title: '', type: 'text', required: false, choices: '', unit: '', hint: '' }
}

export function formOf(template: LogTemplateView | null): TemplateForm {
  if (!template) return { name: '', rhythm: 'day', due_days: 0, is_active: true, fields: [newField('n0')] }
  const { name, rhythm, due_days, is_active } = template
  const fields = template.fields.map((one) => ({ ...one, id: String(one.key), choices: one.choices.join('\n') }))
  return { name, rhythm, due_days, is_active, fields }
}

export function moved<T>(list: readonly T[], from: number, by: number): T[] {
  const left = [...list]
  const [one] = left.splice(from, 1)
  if (one !== undefined) left.splice(from + by, 0, one)
  return left
}

/** As the server wants it. */
export function bodyOf(form: TemplateForm): { name: string; due_days: number; fields: object[] } {
  const lines = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean)
  return {
    name: form.name,
    due_days: form.due_days,
    fields: form.fields.map(({ key, title, type, required, choices, unit, hint }) => ({
      key, title, type, required, hint,
      choices: type === 'choice' ? lines(choices) : [],
      unit: type === 'number' ? unit : '',
    })),
  }
}
