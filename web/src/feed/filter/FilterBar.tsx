// One row of chips above the timeline; what is chosen stands in the address. On a phone the row is swiped, the page is not.
import { IconBuilding, IconHash, IconLink, IconUser, IconX } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Ref } from '../../api/types'
import { useCard } from '../../cards/useCard'
import { useT } from '../../i18n/i18n'
import { useDepartment, usePerson } from '../../live/directory'
import classes from './FilterBar.module.css'
import { kinds } from '../kinds/kinds'
import { wordOf } from '../kinds/words'
import { addressOf, EVERYTHING, type Filter, isEverything, WHICH } from './filter'

const ChooseOne = lazy(() => import('./ChooseOne'))
const ChooseTopic = lazy(() => import('../topic/ChooseTopic'))

export function FilterBar({ filter }: { filter: Filter }) {
  const t = useT()
  const row = useRef<HTMLElement>(null)
  const address = addressOf(filter)
  // The chosen chip is in view, also after a reload.
  useEffect(() => {
    const chosen = row.current?.querySelector<HTMLElement>('[data-on]')
    if (row.current && chosen) row.current.scrollLeft = chosen.offsetLeft - (row.current.clientWidth - chosen.offsetWidth) / 2
  }, [address])
  return (
    <nav ref={row} className={classes.bar} aria-label={t('feed.filters')}>
      <Chip filter={EVERYTHING} isOn={isEverything(filter)}>
        {t('feed.filter_all')}
      </Chip>
      {WHICH.filter((one) => one !== 'hidden').map((one) => (
        <Chip key={one} filter={{ ...filter, which: one }} isOn={filter.which === one}>
          {t(`feed.filter_${one}`)}
        </Chip>
      ))}
      {kinds.map(({ kind, icon: KindIcon }) => (
        <Link
          key={kind}
          href={addressOf({ ...filter, kind: filter.kind === kind ? null : kind })}
          className={classes.chip}
          data-on={filter.kind === kind || undefined}
          aria-current={filter.kind === kind ? 'true' : undefined}
        >
          <KindIcon size={16} aria-hidden />
          {wordOf(kind)}
        </Link>
      ))}
      <Whose kind="department" filter={filter} />
      <Whose kind="person" filter={filter} />
      <AboutWhat filter={filter} />
      {filter.record && <AboutRecord filter={filter} record={filter.record} />}
      <Chip filter={{ ...filter, which: 'hidden' }} isOn={filter.which === 'hidden'}>
        {t('feed.filter_hidden')}
      </Chip>
    </nav>
  )
}

/** Pressed again it is let go. */
function Chip({ filter, isOn, children }: { filter: Filter; isOn: boolean; children: string }) {
  const target = isOn ? { ...filter, which: null } : filter
  return (
    <Link href={addressOf(target)} className={classes.chip} data-on={isOn || undefined} aria-current={isOn ? 'true' : undefined}>
      {children}
    </Link>
  )
}

function Whose({ kind, filter }: { kind: 'department' | 'person'; filter: Filter }) {
  const t = useT()
  const [, go] = useLocation()
  const [choosing, setChoosing] = useState(false)
  const id = filter[kind]
  const person = usePerson(kind === 'person' ? id : null)
  const department = useDepartment(kind === 'department' ? id : null)
  const name = (kind === 'person' ? person : department)?.name ?? '…'
  const KindIcon = kind === 'person' ? IconUser : IconBuilding
  if (id !== null) {
    return (
      <Link
        href={addressOf({ ...filter, [kind]: null })}
        className={classes.chip}
        data-on
        aria-label={t(`feed.filter_${kind}_off`, { name })}
      >
        <KindIcon size={16} aria-hidden />
        <span className={classes.name}>{name}</span>
        <IconX size={16} aria-hidden />
      </Link>
    )
  }
  return (
    <>
      <button type="button" className={classes.chip} aria-haspopup="dialog" onClick={() => setChoosing(true)}>
        <KindIcon size={16} aria-hidden />
        {t(`feed.filter_${kind}`)}
      </button>
      {choosing && (
        <Suspense>
          <ChooseOne
            kind={kind}
            onChoose={(chosen) => go(addressOf({ ...filter, [kind]: chosen }))}
            onClose={() => setChoosing(false)}
          />
        </Suspense>
      )}
    </>
  )
}

/** Chosen on the page of what it is about. */
function AboutRecord({ filter, record }: { filter: Filter; record: Ref }) {
  const t = useT()
  const card = useCard(record.kind, record.id)
  const name = (card !== 'failed' && card?.title) || '…'
  return (
    <Link href={addressOf({ ...filter, record: null })} className={classes.chip} data-on aria-label={t('feed.filter_record_off', { name })}>
      <IconLink size={16} aria-hidden />
      <span className={classes.name}>{name}</span>
      <IconX size={16} aria-hidden />
    </Link>
  )
}

function AboutWhat({ filter }: { filter: Filter }) {
  const t = useT()
  const [, go] = useLocation()
  const [choosing, setChoosing] = useState(false)
  if (filter.topic !== null) {
    return (
      <Link href={addressOf({ ...filter, topic: null })} className={classes.chip} data-on aria-label={t('topics.filter_off', { name: filter.topic })}>
        <IconHash size={16} aria-hidden />
        <span className={classes.name}>{filter.topic}</span>
        <IconX size={16} aria-hidden />
      </Link>
    )
  }
  return (
    <>
      <button type="button" className={classes.chip} aria-haspopup="dialog" onClick={() => setChoosing(true)}>
        <IconHash size={16} aria-hidden />
        {t('topics.topic')}
      </button>
      {choosing && (
        <Suspense>
          <ChooseTopic onChoose={(topic) => go(addressOf({ ...filter, topic }))} onClose={() => setChoosing(false)} />
        </Suspense>
      )}
    </>
  )
}
