// Says of a person what is not usual: invited and not here yet, left, away, from outside, a robot.
import type { Person } from '../api/types'
import { useT } from '../i18n/i18n'
import { awayText, useAway } from '../live/away'
import classes from './StateChip.module.css'

export function StateChip({ person }: { person: Person }) {
  const t = useT()
  const away = useAway(person)
  const said = [
    person.state === 'active' ? '' : t(`people.state_${person.state}`),
    person.kind === 'employee' ? '' : t(`people.kind_${person.kind}`),
  ].filter(Boolean)
  return (
    <>
      {said.map((word) => (
        <span key={word} className={classes.chip} data-state={person.state}>
          {word}
        </span>
      ))}
      {away && person.state !== 'left' && (
        <span className={classes.chip} data-state="away">
          {awayText(away)}
        </span>
      )}
    </>
  )
}
