// One line of the directory.
import type { Id } from '../api/types'
import { useDepartment, usePerson } from '../live/directory'
import { Avatar } from '../ui/Avatar'
import classes from './PersonRow.module.css'
import { showPerson } from './shown'
import { StateChip } from './StateChip'

export function PersonRow({ id, onPress = () => showPerson(id) }: { id: Id; onPress?: () => void }) {
  const person = usePerson(id)
  const department = useDepartment(person?.department_ids[0])
  const more = (person?.department_ids.length ?? 0) - 1
  if (!person) return <div className={classes.row} />
  const place = department ? `${department.path}${more > 0 ? ` +${more}` : ''}` : ''
  return (
    <button type="button" className={classes.row} data-person={id} onClick={onPress}>
      <Avatar id={id} name={person.name} size={40} />
      <span className={classes.words}>
        <span className={classes.top}>
          <span className={classes.name}>{person.name}</span>
          <StateChip person={person} />
        </span>
        <span className={classes.hint}>{[person.title, place].filter(Boolean).join(' · ')}</span>
      </span>
      <span className={classes.number}>{person.staff_number}</span>
    </button>
  )
}
