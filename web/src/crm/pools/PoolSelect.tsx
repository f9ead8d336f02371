// Where a new record belongs: the home of its owner's department, none, or one of my pools. Without an owner it lies there.
import { NativeSelect } from '@mantine/core'
import { useT } from '../../i18n/i18n'
import { useMyPools } from './usePools'

/** Null: by the owner's department. */
export type Home = number | 'none' | null

interface Props {
  kind: string
  value: Home
  onChange: (value: Home) => void
  error?: string | undefined
}

export function PoolSelect({ kind, value, onChange, error }: Props) {
  const t = useT()
  const pools = useMyPools(kind)
  if (pools.length === 0) return null
  return (
    <NativeSelect
      size="md"
      label={t('pools.pool')}
      error={error}
      value={value ?? ''}
      onChange={({ currentTarget: { value: to } }) => onChange(to === '' ? null : to === 'none' ? 'none' : Number(to))}
      data={[
        { value: '', label: t('pools.by_department') },
        ...pools.map((one) => ({ value: String(one.id), label: one.name })),
        { value: 'none', label: t('pools.no_home') },
      ]}
    />
  )
}
