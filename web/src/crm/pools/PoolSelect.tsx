// Where a new record belongs: the home of its owner's department, none, or one of my pools. Of what lies there nobody is the owner.
import { Checkbox, NativeSelect } from '@mantine/core'
import { useT } from '../../i18n/i18n'
import { useMyPools } from './usePools'

/** Null: by the owner's department. */
export type Home = number | 'none' | null

interface Props {
  kind: string
  value: Home
  /** It lies there, owned by nobody. */
  isUnowned: boolean
  onChange: (value: Home, isUnowned: boolean) => void
  error?: string | undefined
}

export function PoolSelect({ kind, value, isUnowned, onChange, error }: Props) {
  const t = useT()
  const pools = useMyPools(kind)
  if (pools.length === 0) return null
  // Only its administrators enter what nobody owns (POOL-02).
  const mayLieIn = (home: Home): boolean => pools.some((one) => one.id === home && one.role === 'admin')
  const choose = (to: string): void => {
    const home = to === '' ? null : to === 'none' ? 'none' : Number(to)
    onChange(home, isUnowned && mayLieIn(home))
  }
  return (
    <>
      <NativeSelect
        size="md"
        label={t('pools.pool')}
        error={error}
        value={value ?? ''}
        onChange={(event) => choose(event.currentTarget.value)}
        data-input="pool"
        data={[
          { value: '', label: t('pools.by_department') },
          ...pools.map((one) => ({ value: String(one.id), label: one.name })),
          { value: 'none', label: t('pools.no_home') },
        ]}
      />
      {mayLieIn(value) && (
        <Checkbox
          size="md"
          label={t('pools.lie_in')}
          description={t('pools.lie_in_text')}
          checked={isUnowned}
          onChange={(event) => onChange(value, event.currentTarget.checked)}
        />
      )}
    </>
  )
}
