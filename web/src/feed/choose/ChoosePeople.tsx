// People by search, with checkboxes.
import { Skeleton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Audience } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { personNamed } from '../../live/lookup'
import { Avatar } from '../../ui/Avatar'
import type { Named } from '../../ui/names'
import { ProblemText } from '../../ui/ProblemText'
import classes from './ChooseDialog.module.css'
import { NameCheck } from './NameCheck'
import { peopleWithin } from './peopleWithin'

interface Props {
  q: string
  within: Audience | null
  has: (named: Named) => boolean
  onToggle: (named: Named) => void
}

export function ChoosePeople({ q, within, has, onToggle }: Props) {
  const t = useT()
  const [asked] = useDebouncedValue(q.trim(), 150)
  const found = useQuery({
    queryKey: ['choose-people', within, asked],
    queryFn: ({ signal }) => peopleWithin(within, asked, signal),
    placeholderData: keepPreviousData,
  })
  if (found.isPending) return <Skeleton height={44} m={8} />
  if (found.isError) return <ProblemText error={found.error} />
  return (
    <>
      <ul className={classes.people} aria-label={t('feed.people')}>
        {found.data.map((person) => {
          const named = personNamed(person)
          return (
            <li key={person.id}>
              <NameCheck
                name={person.name}
                hint={named.hint}
                checked={has(named)}
                mark={<Avatar id={person.id} name={person.name} size={32} />}
                onChange={() => onToggle(named)}
              />
            </li>
          )
        })}
      </ul>
      <p className={classes.note} role="status">
        {found.data.length === 0 ? t('ui.nobody_found') : found.data.length >= 50 ? t('feed.type_for_more') : ''}
      </p>
    </>
  )
}
