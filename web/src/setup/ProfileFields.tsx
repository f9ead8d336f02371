// The company's name, language and time zone, when it is set up and later.
import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import type { Company, Language } from '../api/types'
import { languageNames, languages, useT } from '../i18n/i18n'
import classes from './Setup.module.css'
import { zoneGroups } from './zones'

interface Props {
  value: Company
  onChange: (value: Company) => void
  nameError: string | undefined
  zoneError: string | undefined
  autoFocus?: boolean
}

export function ProfileFields({ value, onChange, nameError, zoneError, autoFocus = false }: Props) {
  const t = useT()
  const zones = useMemo(() => zoneGroups(value.time_zone), [value.time_zone])
  return (
    <>
      <TextInput
        label={t('setup.company')}
        placeholder={t('setup.company_example')}
        autoComplete="organization"
        required
        withAsterisk={false}
        autoFocus={autoFocus}
        value={value.name}
        onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
        error={nameError}
      />
      <div className={classes.field}>
        <span className={classes.label} id="company-language">
          {t('setup.language')}
        </span>
        <SegmentedControl
          aria-labelledby="company-language"
          value={value.language}
          onChange={(language) => onChange({ ...value, language: language as Language })}
          data={languages.map((one) => ({ value: one, label: languageNames[one] }))}
        />
        <span className={classes.note}>{t('setup.language_text')}</span>
      </div>
      <NativeSelect
        size="md"
        label={t('setup.time_zone')}
        value={value.time_zone}
        onChange={(event) => onChange({ ...value, time_zone: event.currentTarget.value })}
        error={zoneError}
      >
        <optgroup label={t('setup.zones_usual')}>
          {zones.usual.map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </optgroup>
        <optgroup label={t('setup.zones_all')}>
          {zones.all.map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </optgroup>
      </NativeSelect>
    </>
  )
}
