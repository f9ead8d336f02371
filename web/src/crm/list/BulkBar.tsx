// What can be done to the selected records, at the foot of the list.
import { Button, CloseButton } from '@mantine/core'
import { IconArrowsExchange, IconPencil, IconStar, IconStarOff, IconTrash, IconUserPlus } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { Id } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { MenuButton } from '../../ui/MenuButton'
import type { RecordKind, Total } from '../wire'
import type { BulkAct } from './bulk'
import classes from './Selecting.module.css'
import type { Selection } from './useSelection'

const BulkDialog = lazy(() => import('./BulkDialog'))
const MOST = 1_000

interface Props {
  kind: RecordKind
  asked: Record<string, string | undefined>
  shown: readonly Id[]
  total: Total | null
  selection: Selection
  isVoided: boolean
}

export function BulkBar({ kind, asked, shown, total, selection, isVoided }: Props) {
  const t = useT()
  const [act, setAct] = useState<BulkAct | null>(null)
  const all = total?.is_exact && total.count <= MOST ? total.count : null
  const count = selection.isAll && all !== null ? all : selection.ids.size
  const isWhole = shown.every((id) => selection.ids.has(id))
  return (
    <div className={classes.bar} role="region" aria-label={t('lists.selection')}>
      <span className={classes.count} role="status" data-selected={count}>
        {t('lists.selected', { count })}
      </span>
      <span className={classes.acts}>
        {!isWhole && (
          <Button variant="subtle" size="compact-md" onClick={() => selection.choose(shown)}>
            {t('lists.select_all')}
          </Button>
        )}
        {isWhole && !selection.isAll && all !== null && all > selection.ids.size && (
          <Button variant="subtle" size="compact-md" onClick={selection.chooseAll}>
            {t('lists.all_matching', { count: all })}
          </Button>
        )}
        {count > 0 && (
          <MenuButton
            label={t('lists.selection')}
            choices={[
              !isVoided && { icon: IconArrowsExchange, label: t('lists.give'), onChoose: () => setAct('owner') },
              !isVoided && { icon: IconPencil, label: t('lists.set'), onChoose: () => setAct('set') },
              !isVoided && { icon: IconUserPlus, label: t('lists.join'), onChoose: () => setAct('team') },
              { icon: IconStar, label: t('lists.star'), onChoose: () => setAct('star') },
              { icon: IconStarOff, label: t('lists.unstar'), onChoose: () => setAct('unstar') },
              !isVoided && { icon: IconTrash, label: t('lists.void'), onChoose: () => setAct('void'), isGrave: true },
            ]}
          />
        )}
        <CloseButton size={44} aria-label={t('ui.cancel')} onClick={selection.end} />
      </span>
      <Suspense>
        {act && (
          <BulkDialog
            kind={kind}
            act={act}
            count={count}
            which={selection.isAll ? { view: asked.view ?? '', filter: JSON.parse(asked.filter ?? '[]') as unknown[], q: asked.q ?? '' } : { ids: [...selection.ids] }}
            onDone={selection.end}
            onClose={() => setAct(null)}
          />
        )}
      </Suspense>
    </div>
  )
}
