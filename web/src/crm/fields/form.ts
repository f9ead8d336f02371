// A custom field while it is edited: both languages, choices one by one. Pure.
import type { CustomField, CustomType, FieldClass } from '../wire'

export const CUSTOM_TYPES: readonly CustomType[] = ['text', 'long_text', 'number', 'money', 'percent', 'date', 'time', 'flag', 'choice', 'choices', 'person', 'department', 'phone', 'email', 'url', 'address', 'files']
const CLASSES: readonly FieldClass[] = ['basic', 'contact', 'identity', 'financial', 'internal']

/** A file is seen whole or not at all, so it is of no class that is shown in part. */
export function classesOf(type: CustomType): readonly FieldClass[] {
  return type === 'files' ? CLASSES.filter((one) => one !== 'contact' && one !== 'identity') : CLASSES
}

/** Another type, with a class that fits it. */
export function retyped(form: FieldForm, type: CustomType): Partial<FieldForm> {
  return { type, class: classesOf(type).includes(form.class) ? form.class : 'basic' }
}

export function hasChoices(type: CustomType): boolean {
  return type === 'choice' || type === 'choices'
}

export interface FieldForm {
  zh: string
  en: string
  type: CustomType
  class: FieldClass
  required: boolean
  /** `code` null: a new one. `id` tells two new ones apart. */
  choices: { id: string; code: string | null; zh: string; en: string }[]
}

export function formOf(field: CustomField | null): FieldForm {
  if (!field) return { zh: '', en: '', type: 'text', class: 'basic', required: false, choices: [] }
  const { words, type, required } = field
  const choices = field.choices.map((one) => ({ id: one.code, code: one.code, zh: one.words['zh-Hans'], en: one.words.en }))
  return { zh: words['zh-Hans'], en: words.en, type, class: field.class, required, choices }
}

interface Body {
  words: { 'zh-Hans': string; en: string }
  class: FieldClass
  required: boolean
  choices: { code?: string; words: { 'zh-Hans': string; en: string } }[]
}

/** A language that nobody filled in says what the other says. */
function words(zh: string, en: string): Body['words'] {
  return { 'zh-Hans': zh.trim() || en.trim(), en: en.trim() || zh.trim() }
}

export function bodyOf(form: FieldForm): Body {
  const filled = form.choices.filter((one) => (one.zh + one.en).trim())
  return {
    words: words(form.zh, form.en),
    class: form.class,
    required: form.required,
    choices: hasChoices(form.type) ? filled.map(({ code, zh, en }) => ({ ...(code !== null && { code }), words: words(zh, en) })) : [],
  }
}
