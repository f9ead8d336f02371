// Who will see what is being written, and of whom and of what not: one quiet line that opens (N2).
import { Button, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconEye, IconEyeOff } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { Ref } from '../../api/types'
import { useCard } from '../../cards/useCard'
import { chosenCards, useChosenCards } from '../../cards/chosen'
import { keyOf } from '../../cards/known'
import { listed } from '../../i18n/dates'
import { useT, withTexts } from '../../i18n/i18n'
import { useMyId } from '../../live/bootstrap'
import { useDepartments, usePeople } from '../../live/directory'
import { departmentNamed, personNamed } from '../../live/lookup'
import { type Mentioned, mentionsIn } from '../../ui/composing'
import type { Named } from '../../ui/names'
import { plainLine } from '../../ui/plain'
import { audienceOf } from './form'
import classes from './Reach.module.css'
import { useReach } from './useReach'

const GrantReach = lazy(withTexts(() => import('../../access/GrantReach')))

interface Props {
  /** Of the composer whose cards go along. */
  place: string
  text: string
  mentioned: readonly Mentioned[]
  audience: readonly Named[]
  /** Who sees it besides, because the kind's fields name them. */
  besides?: readonly number[] | undefined
  /** What goes along besides the chosen cards, because the kind's fields name it. */
  along?: readonly Ref[] | undefined
  onAdd: (names: Named[]) => void
  /** Missing where whom it reaches is not chosen name by name. */
  onLeaveOut?: ((people: number[]) => void) | undefined
}

export default function ReachLine({ place, text, mentioned, audience, besides = [], along = [], onAdd, onLeaveOut }: Props) {
  const t = useT()
  const me = useMyId()
  const [isOpen, setOpen] = useState(false)
  const chosen = useChosenCards(me, place)
  const isAlong = (ref: Ref): boolean => along.some((one) => keyOf(one) === keyOf(ref))
  const cards = [...along, ...chosen.filter((one) => !isAlong(one))]
  const named = mentionsIn(text, mentioned)
  const to = audienceOf(audience)
  const ids = (kind: Named['kind']): number[] => [...new Set(named.filter((one) => one.kind === kind).map((one) => one.id))].slice(0, 50)
  const [round, setRound] = useState(0)
  const all = { ...to, people: [...new Set([...to.people, ...besides])] }
  const asked = {
    audience: all,
    people: ids('person'),
    departments: ids('department'),
    cards: cards.map(({ kind, id }) => ({ kind, id })),
  }
  const reach = useReach(asked, round)
  const people = usePeople(reach?.people ?? [])
  const places = useDepartments().filter((one) => reach?.departments.some(({ id }) => id === one.id))
  if (!reach) return null
  const blind = reach.cards.filter((one) => (one.blind ?? 0) > 0)
  const partly = reach.cards.filter((one) => (one.partly ?? []).length > 0)
  const outside = reach.people.length + reach.departments.length
  const isQuiet = outside + blind.length + partly.length === 0
  const Icon = isQuiet ? IconEye : IconEyeOff
  const words = [
    t('reach.readers', { count: reach.readers }),
    outside > 0 && t('reach.mentions', { count: outside }),
    blind.length > 0 && t('reach.cards', { count: blind.length }),
    blind.length === 0 && partly.length > 0 && t('reach.partly', { count: partly.length }),
  ].filter(Boolean)
  if (isQuiet) {
    return (
      <p className={classes.line} role="status" data-reach={reach.readers}>
        <Icon size={18} aria-hidden />
        {words[0]}
      </p>
    )
  }
  return (
    <section className={classes.all} data-reach={reach.readers}>
      <UnstyledButton className={classes.line} data-warns aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Icon size={18} aria-hidden />
        <span role="status">{words.join(' · ')}</span>
        <IconChevronDown size={18} className={classes.opens} aria-hidden />
      </UnstyledButton>
      {isOpen && (
        <div className={classes.inside}>
          {outside > 0 && (
            <div>
              {people.length > 0 && <p>{t('reach.people', { names: listed(people.map((one) => `@${one.name}`)) })}</p>}
              {places.map((one) => (
                <p key={one.id}>{t('reach.department', { name: `@${one.name}`, count: reach.departments.find(({ id }) => id === one.id)?.outside ?? 0 })}</p>
              ))}
              <Button variant="default" mt={4} onClick={() => onAdd([...people.map(personNamed), ...places.map(departmentNamed)])}>
                {t('feed.add_to_audience')}
              </Button>
            </div>
          )}
          {[...new Set([...blind, ...partly])].map((one) => (
            <Blind key={keyOf(one)} about={one} blind={one.blind ?? 0} readers={reach.readers} people={one.people} onRemove={isAlong(one) ? undefined : () => chosenCards.remove(me, place, one)}>
              {(one.may_grant || partly.includes(one)) && (
                <Suspense fallback={null}>
                  <GrantReach card={one} audience={all} onGranted={() => setRound(round + 1)} onLeaveOut={onLeaveOut} />
                </Suspense>
              )}
            </Blind>
          ))}
          {blind.length > 0 && <p className={classes.note}>{t('reach.stub')}</p>}
        </div>
      )}
    </section>
  )
}

function Blind({ about, blind, readers, people, onRemove, children }: { about: Ref; blind: number; readers: number; people: readonly number[]; onRemove: (() => void) | undefined; children: ReactNode }) {
  const t = useT()
  const card = useCard(about.kind, about.id)
  const title = typeof card === 'object' ? plainLine(card.title, 24) : '…'
  const names = listed(usePeople(people).map((one) => one.name))
  const more = blind - people.length
  return (
    <div>
      <p>{blind === 0 ? t('reach.whole', { title }) : t(more > 0 ? 'reach.blind_more' : 'reach.blind', { title, blind, readers, names, more })}</p>
      {children}
      {onRemove && (
        <Button variant="default" mt={4} onClick={onRemove}>
          {t('reach.take_away')}
        </Button>
      )}
    </div>
  )
}
