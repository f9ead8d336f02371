// Administration: the company's pools, who gives out and who sees what lies in them, which departments have their home there.
import { Badge, Button, Skeleton } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconRipple, IconPencil, IconPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { SectionPage } from '../../admin/SectionPage'
import { api } from '../../api/client'
import type { PoolView } from '../../api/generated'
import { useT } from '../../i18n/i18n'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { EmptyState } from '../../ui/EmptyState'
import { MenuButton } from '../../ui/MenuButton'
import { ProblemText, problemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import classes from '../fields/Fields.module.css'
import { PoolDialog } from './PoolDialog'
import { usePools } from './usePools'

export default function PoolsPage() {
  const t = useT()
  const found = usePools()
  const queries = useQueryClient()
  const [open, setOpen] = useState<PoolView | 'new' | null>(null)
  const pools = found.data ?? []
  const reload = (): Promise<void> => queries.invalidateQueries({ queryKey: ['pools'] })
  const [retiring, setRetiring] = useState<PoolView | null>(null)
  const retire = async ({ id, version }: PoolView, retired: boolean): Promise<void> => {
    try {
      await api.patch(`/pools/${id}`, { version, retired })
    } finally {
      await reload()
    }
  }
  const useAgain = (pool: PoolView): void => void retire(pool, false).catch((error: unknown) => toast(problemText(error), { tone: 'bad' }))
  const add = (
    <Button leftSection={<IconPlus size={20} />} onClick={() => setOpen('new')}>
      {t('pools.add')}
    </Button>
  )
  const hint = ({ people, departments, holds }: PoolView): string => {
    const admins = people?.filter((one) => one.role === 'admin').length ?? 0
    const members = (people?.length ?? 0) - admins
    const standing = departments?.length ?? 0
    return [
      t('pools.holds', { count: holds ?? 0 }),
      admins > 0 ? t('pools.admin_count', { count: admins }) : t('pools.no_admin'),
      members > 0 && t('pools.member_count', { count: members }),
      standing > 0 && t('pools.department_count', { count: standing }),
    ].filter(Boolean).join(' · ')
  }
  return (
    <SectionPage title={t('pools.section')} actions={pools.length > 0 ? add : undefined}>
      <p className={classes.note}>{t('pools.text')}</p>
      <ProblemText error={found.error} />
      {found.isPending && <Skeleton height={160} aria-hidden />}
      {found.isSuccess && pools.length === 0 && (
        <EmptyState icon={<IconRipple size={48} stroke={1.4} />} title={t('pools.none')} action={add}>
          {t('pools.none_text')}
        </EmptyState>
      )}
      <ul className={classes.fields}>
        {pools.map((pool) => (
          <li key={pool.id} className={classes.field} data-pool={pool.id} data-retired={pool.retired || undefined}>
            <button type="button" className={classes.words} onClick={() => setOpen(pool)} disabled={pool.retired}>
              <span className={classes.name}>
                {pool.name}
                {!pool.may_change_owner && <Badge variant="light">{t('pools.keeps_owner')}</Badge>}
                {pool.retired && <Badge variant="default">{t('pools.retired')}</Badge>}
              </span>
              <span className={classes.hint}>{hint(pool)}</span>
            </button>
            <MenuButton
              label={t('pools.menu', { name: pool.name })}
              choices={[
                !pool.retired && { icon: IconPencil, label: t('ui.change'), onChoose: () => setOpen(pool) },
                pool.retired
                  ? { icon: IconArchiveOff, label: t('pools.use_again'), onChoose: () => useAgain(pool) }
                  : { icon: IconArchive, label: t('pools.retire'), onChoose: () => setRetiring(pool) },
              ]}
            />
          </li>
        ))}
      </ul>
      <ConfirmDialog
        opened={retiring !== null}
        title={t('pools.retire')}
        confirm={t('pools.retire')}
        onConfirm={async () => {
          if (retiring) await retire(retiring, true)
        }}
        onClose={() => setRetiring(null)}
      >
        {t('pools.retire_text', { name: retiring?.name ?? '' })}
      </ConfirmDialog>
      {open && <PoolDialog key={open === 'new' ? 'new' : open.id} pool={open === 'new' ? null : open} onDone={reload} onClose={() => setOpen(null)} />}
    </SectionPage>
  )
}
