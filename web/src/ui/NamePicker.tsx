// Choose people and departments: type, press; the chosen stand as pills that can be taken away again.
import { Combobox, Pill, PillsInput, useCombobox } from '@mantine/core'
import { useState } from 'react'
import { useT } from '../i18n/i18n'
import classes from './NamePicker.module.css'
import { NameRow } from './NameRow'
import { type Named, nameKey, type NameSearch, sameName } from './names'
import { useNameSearch } from './useNameSearch'

const CLOSES_AFTER = 200

interface Props {
  label: string
  description?: string
  placeholder?: string
  value: readonly Named[]
  onChange: (value: Named[]) => void
  search: NameSearch
  error?: string | undefined
  /** Only one: choosing again replaces. */
  single?: boolean
  autoFocus?: boolean
  required?: boolean
}

export function NamePicker({ label, description, placeholder, value, onChange, search, error, single, autoFocus, required = false }: Props) {
  const t = useT()
  const [q, setQ] = useState('')
  const [active, setActive] = useState(false)
  const { found, busy, failed } = useNameSearch(search, active ? q : null)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const left = found.filter((f) => !value.some((v) => sameName(v, f)))

  const choose = (key: string): void => {
    const named = found.find((f) => nameKey(f) === key)
    if (!named) return
    onChange(single ? [named] : [...value, named])
    setQ('')
    if (single) combobox.closeDropdown()
  }
  return (
    <Combobox store={combobox} onOptionSubmit={choose}>
      <Combobox.DropdownTarget>
        <PillsInput withAsterisk={required} label={label} description={description} error={error} onClick={() => combobox.openDropdown()}>
          <Pill.Group>
            {value.map((named) => (
              <Pill
                key={nameKey(named)}
                size="md"
                withRemoveButton
                removeButtonProps={{ 'aria-label': t('ui.remove_name', { name: named.name }), tabIndex: 0, 'aria-hidden': false }}
                onRemove={() => onChange(value.filter((v) => !sameName(v, named)))}
              >
                {named.name}
              </Pill>
            ))}
            <Combobox.EventsTarget>
              <PillsInput.Field
                value={q}
                className={single && value.length > 0 ? classes.beside : undefined}
                aria-label={label}
                placeholder={value.length === 0 ? placeholder : undefined}
                data-autofocus={autoFocus || undefined}
                onChange={(event) => {
                  setQ(event.currentTarget.value)
                  combobox.openDropdown()
                  combobox.updateSelectedOptionIndex()
                }}
                onFocus={() => {
                  setActive(true)
                  combobox.openDropdown()
                }}
                // A moment later: the list stands in the flow, and what is being pressed below it must not jump away.
                onBlur={() => setTimeout(combobox.closeDropdown, CLOSES_AFTER)}
                onKeyDown={(event) => {
                  if (event.nativeEvent.isComposing || event.keyCode === 229) return
                  if (event.key === 'Tab') combobox.closeDropdown()
                  if (event.key === 'Backspace' && q === '') onChange(value.slice(0, -1))
                }}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      {/* In the flow, not floating: a dialog grows with it, and a phone's keyboard leaves it in view. */}
      <div className={classes.list} hidden={!combobox.dropdownOpened}>
        <Combobox.Options className={classes.options} tabIndex={0} aria-label={label}>
          {left.map((named) => (
            <Combobox.Option key={nameKey(named)} value={nameKey(named)}>
              <NameRow named={named} />
            </Combobox.Option>
          ))}
          {left.length === 0 && (
            <Combobox.Empty>{t(failed ? 'ui.search_failed' : busy ? 'ui.searching' : 'ui.nobody_found')}</Combobox.Empty>
          )}
        </Combobox.Options>
      </div>
    </Combobox>
  )
}
