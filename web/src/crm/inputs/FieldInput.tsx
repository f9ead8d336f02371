// The fit input for a field of any type. What it holds is what the server takes, except a link, which keeps its title.
import { NativeSelect, Switch, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { fromField, toField } from '../../feed/share/due'
import { useT } from '../../i18n/i18n'
import { useWords } from '../kinds'
import { isLines } from '../lines/lines'
import { LinesInput } from '../lines/LinesInput'
import { decimalOf, isAddress, isCodes, isFiles, isLink, isMasked } from '../values'
import type { Field, Value } from '../wire'
import { AddressInput } from './AddressInput'
import { ChoiceInput } from './ChoiceInput'
import { FilesInput } from './FilesInput'
import { DepartmentInput, LinkInput, PersonInput } from './NameInputs'

interface Props {
  field: Field
  value: Value | undefined
  onChange: (value: Value) => void
  error?: string | undefined
  /** Beside a heading that names it already. */
  unlabelled?: boolean
  autoFocus?: boolean
}

const MODES = { phone: 'tel', email: 'email', url: 'url', money: 'decimal', number: 'decimal', percent: 'decimal' } as Partial<Record<Field['type'], 'tel' | 'email' | 'url' | 'decimal'>>
const MANY = 7

export function FieldInput({ field, value, onChange, error, unlabelled = false, autoFocus = false }: Props) {
  const t = useT()
  const words = useWords()
  const name = words(field.words)
  const common = {
    ...(unlabelled ? { 'aria-label': name } : { label: name, description: field.help ? words(field.help) : undefined }),
    withAsterisk: field.required && !unlabelled,
    error,
    'data-input': field.name,
    'data-autofocus': autoFocus || undefined,
    autoFocus,
  }
  const text = typeof value === 'string' ? value : ''
  switch (field.type) {
    case 'choice':
      return field.choices.length > MANY ? (
        <NativeSelect
          {...common}
          size="md"
          value={text}
          onChange={(event) => onChange(event.currentTarget.value || null)}
          data={[{ value: '', label: '—' }, ...field.choices.map((one) => ({ value: one.code, label: words(one.words) }))]}
        />
      ) : (
        <ChoiceInput field={field} value={text ? [text] : []} single onChange={([one = null]) => onChange(one)} error={error} unlabelled={unlabelled} />
      )
    case 'choices':
      return <ChoiceInput field={field} value={isCodes(value) ? value : []} onChange={onChange} error={error} unlabelled={unlabelled} />
    case 'lines':
      return <LinesInput field={field} value={isLines(field, value) ? value : []} onChange={onChange} error={error} />
    case 'files':
      return <FilesInput label={name} name={field.name} value={isFiles(field, value) ? value : []} onChange={onChange} error={error} />
    case 'flag':
      return (
        <Switch
          label={name}
          description={field.help ? words(field.help) : undefined}
          error={error}
          data-input={field.name}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
    case 'person':
      return <PersonInput label={name} value={typeof value === 'number' ? value : null} onChange={onChange} error={error} autoFocus={autoFocus} />
    case 'department':
      return <DepartmentInput label={name} value={typeof value === 'number' ? value : null} onChange={onChange} error={error} autoFocus={autoFocus} />
    case 'link':
      return <LinkInput field={field} label={name} value={isLink(value) ? value : null} onChange={onChange} error={error} autoFocus={autoFocus} />
    case 'address':
      return <AddressInput label={name} name={field.name} value={isAddress(value) ? value : null} onChange={onChange} error={error} />
    case 'date':
      return <TextInput {...common} type="date" max="9999-12-31" value={text} onChange={(event) => onChange(event.currentTarget.value || null)} />
    case 'time':
      return (
        <TextInput
          {...common}
          type="datetime-local"
          value={text ? toField(new Date(text)) : ''}
          onChange={(event) => onChange(fromField(event.currentTarget.value))}
        />
      )
    case 'long_text':
      return (
        <Textarea
          {...common}
          autosize
          minRows={3}
          maxRows={12}
          maxLength={field.max_length ?? undefined}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    default: {
      const isNumber = field.type === 'money' || field.type === 'number' || field.type === 'percent'
      const side: ReactNode = field.type === 'money' ? field.currency : field.type === 'percent' ? '%' : field.unit ? words(field.unit) : null
      return (
        <TextInput
          {...common}
          type={field.type === 'phone' ? 'tel' : 'text'}
          inputMode={field.type === 'text' ? undefined : MODES[field.type]}
          autoComplete="off"
          autoCapitalize={field.type === 'text' ? undefined : 'off'}
          maxLength={field.max_length ?? undefined}
          placeholder={isMasked(value) ? value.masked : field.type === 'url' ? 'https://' : undefined}
          rightSection={side}
          rightSectionWidth={side ? 64 : undefined}
          rightSectionPointerEvents="none"
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
          onBlur={isNumber ? () => text && onChange(decimalOf(text)) : undefined}
          title={isNumber ? t('crm.number_hint') : undefined}
        />
      )
    }
  }
}
