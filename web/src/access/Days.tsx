// For how long somebody may read a record.
import { NativeSelect } from '@mantine/core'
import { useT } from '../i18n/i18n'
import classes from './Access.module.css'

export const LENGTHS = [1, 7, 30] as const
export const USUAL = 7

export function Days({ value, onChange, labelled = false }: { value: number; onChange: (days: number) => void; labelled?: boolean }) {
  const t = useT()
  return (
    <NativeSelect
      size="md"
      className={labelled ? undefined : classes.days}
      {...(labelled ? { label: t('access.how_long') } : { 'aria-label': t('access.how_long') })}
      value={value}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
      data={LENGTHS.map((days) => ({ value: String(days), label: t('access.days', { count: days }) }))}
    />
  )
}
