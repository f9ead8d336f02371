// One member of a group.
import { ActionIcon } from '@mantine/core'
import { IconUserMinus } from '@tabler/icons-react'
import type { Member } from '../api/types'
import { useT } from '../i18n/i18n'
import { useDepartment, usePerson } from '../live/directory'
import { StateChip } from '../people/StateChip'
import { NameRow } from '../ui/NameRow'
import classes from './MembersPanel.module.css'

interface Props {
  member: Member
  isMe: boolean
  onRemove: ((who: { id: number; name: string }) => void) | undefined
}

export function MemberRow({ member, isMe, onRemove }: Props) {
  const t = useT()
  const person = usePerson(member.person_id)
  const department = useDepartment(person?.department_ids[0])
  const name = person?.name ?? '…'
  const hint = [department?.path, person?.title, person?.staff_number].filter(Boolean).join(' · ')
  return (
    <li className={classes.member}>
      <div className={classes.who}>
        <NameRow named={{ kind: 'person', id: member.person_id, name, hint }} />
      </div>
      {person && <StateChip person={person} />}
      {(isMe || member.role === 'owner') && (
        <span className={classes.role}>{t(member.role === 'owner' ? 'chat.owner' : 'chat.me')}</span>
      )}
      {onRemove && (
        <ActionIcon
          aria-label={t('chat.remove_name', { name })}
          onClick={() => onRemove({ id: member.person_id, name })}
        >
          <IconUserMinus size={20} stroke={1.7} />
        </ActionIcon>
      )}
    </li>
  )
}
