// One line of a picker or mention list: mark, name, hint.
import { IconBuilding, IconCards, IconHash, IconUsers } from '@tabler/icons-react'
import { Avatar } from './Avatar'
import classes from './NameRow.module.css'
import type { Named } from './names'

export function NameRow({ named }: { named: Named }) {
  const Icon = named.kind === 'everyone' ? IconUsers : named.kind === 'topic' ? IconHash : named.kind === 'record' ? IconCards : IconBuilding
  return (
    <span className={classes.row}>
      {named.kind === 'person' ? (
        <Avatar id={named.id} name={named.name} size={32} />
      ) : (
        <span className={classes.icon} aria-hidden>
          <Icon size={18} />
        </span>
      )}
      <span className={classes.words}>
        <span className={classes.name}>{named.name}</span>
        {named.hint && <span className={classes.hint}>{named.hint}</span>}
      </span>
    </span>
  )
}
