// A company's name, typed: what is here already under it, then companies of the registry to choose from, by key or thumb.
import { Combobox, Loader, TextInput, useCombobox } from '@mantine/core'
import { type ReactNode, useRef } from 'react'
import { useLocation } from 'wouter'
import { useT } from '../../i18n/i18n'
import { addressOfRecord, useWords } from '../kinds'
import type { RecordKind } from '../wire'
import { useCandidates, useRegistryState, useSameName } from './asking'
import classes from './Registry.module.css'
import type { Candidate, ChosenCompany } from './wire'

interface Props {
  kind: RecordKind
  label: string
  value: string
  onChange: (value: string) => void
  onChoose: (company: ChosenCompany) => void
  /** The name of what is chosen: not looked for again. */
  chosen: string | null
  required?: boolean
  maxLength?: number | undefined
  error?: string | undefined
  autoFocus?: boolean
  side?: ReactNode
  /** Not offered: the record that it is about, and what is told of beside. */
  except?: readonly number[]
}

const CLOSES_AFTER = 200
const NOBODY: readonly number[] = []

export function CandidatesInput({ kind, label, value, onChange, onChoose, chosen, required = false, maxLength, error, autoFocus = false, side, except = NOBODY }: Props) {
  const t = useT()
  const words = useWords()
  const [, go] = useLocation()
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const closing = useRef<ReturnType<typeof setTimeout>>(undefined)
  const state = useRegistryState().data
  const isLooking = combobox.dropdownOpened && value.trim() !== chosen
  const { found, busy, failed } = useCandidates(value, isLooking && Boolean(state?.provider))
  const same = useSameName(kind.kind, value, isLooking).filter((one) => !except.includes(one.id))
  const items = found?.items ?? []
  const nowhere = failed || found?.state === 'unavailable'
  const isShown = isLooking && (same.length > 0 || items.length > 0 || nowhere)
  const submit = (key: string): void => {
    combobox.closeDropdown()
    if (key.startsWith('here:')) return go(addressOfRecord(kind.kind, Number(key.slice(5))))
    const one = items.find((each) => each.ref === key.slice(4))
    if (one && found) onChoose({ provider: found.provider, ref: one.ref, name: one.name })
  }
  return (
    <Combobox store={combobox} onOptionSubmit={submit}>
      <div className={classes.nameLine}>
        <Combobox.Target>
          <TextInput
            className={classes.grow}
            label={label}
            withAsterisk={required}
            value={value}
            error={error}
            maxLength={maxLength}
            autoComplete="off"
            autoFocus={autoFocus}
            data-autofocus={autoFocus || undefined}
            data-input={kind.title}
            rightSection={busy ? <Loader size="xs" aria-label={t('ui.searching')} /> : null}
            onChange={(event) => {
              onChange(event.currentTarget.value)
              combobox.openDropdown()
              combobox.resetSelectedOption()
            }}
            onFocus={() => {
              clearTimeout(closing.current)
              combobox.openDropdown()
            }}
            onBlur={() => {
              closing.current = setTimeout(combobox.closeDropdown, CLOSES_AFTER)
            }}
          />
        </Combobox.Target>
        {side}
      </div>
      {/* In the flow, as every list of names: a phone's keyboard leaves it in view. */}
      <div className={classes.list} hidden={!isShown}>
        <Combobox.Options aria-label={t('registry.candidates')} className={classes.options}>
          {same.length > 0 && (
            <Combobox.Group label={t('registry.here_already', { kind: words(kind.plural) })}>
              {same.map((one) => (
                <Combobox.Option key={one.id} value={`here:${one.id}`} className={classes.option}>
                  <span className={classes.optionName}>{one.title}</span>
                  <span className={classes.optionHint}>{one.number}</span>
                </Combobox.Option>
              ))}
            </Combobox.Group>
          )}
          {items.length > 0 && (
            <Combobox.Group label={t('registry.from_registry')}>
              {items.map((one) => (
                <Combobox.Option key={one.ref} value={`ref:${one.ref}`} className={classes.option} data-candidate={one.ref}>
                  <span className={classes.optionName}>{one.name}</span>
                  <span className={classes.optionHint}>{hintOf(one)}</span>
                </Combobox.Option>
              ))}
            </Combobox.Group>
          )}
        </Combobox.Options>
        {nowhere && (
          <p className={classes.note} role="status">
            {t('registry.unavailable')}
          </p>
        )}
      </div>
    </Combobox>
  )
}

function hintOf({ credit_code, place, status }: Candidate): string {
  return [credit_code, place, status].filter(Boolean).join(' · ')
}
