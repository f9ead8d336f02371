// Who works on the record beside its owner, and what each may do (OBJ-13).
import { Button, NativeSelect } from '@mantine/core'
import { IconPencil, IconUserMinus, IconUserPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client'
import type { List } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { applyAnswer } from '../../live/answers'
import { useMyId } from '../../live/bootstrap'
import { usePerson } from '../../live/directory'
import { colleagueSearch } from '../../live/lookup'
import { showPerson } from '../../people/shown'
import { Avatar } from '../../ui/Avatar'
import { Dialog } from '../../ui/Dialog'
import { DialogForm } from '../../ui/DialogForm'
import { MenuButton } from '../../ui/MenuButton'
import { NamePicker } from '../../ui/NamePicker'
import type { Named } from '../../ui/names'
import { problemText, ProblemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { useAct } from '../../ui/useAct'
import { type RecordRow, ROLES, type TeamMember } from '../wire'
import classes from './RecordPage.module.css'

export function Team({ row, stamp }: { row: RecordRow; stamp: number }) {
  const t = useT()
  const queries = useQueryClient()
  const path = `/records/${row.kind}/${row.id}/team`
  const team = useQuery({
    queryKey: ['record-team', row.kind, row.id, row.version, row.owner, stamp],
    queryFn: async ({ signal }) => {
      const answer = await api.get<List<TeamMember>>(path, { signal })
      applyAnswer(answer.seq, answer.data.also ?? [])
      return answer.data.items
    },
    placeholderData: (before) => before,
    retry: false,
  })
  const [editing, setEditing] = useState<TeamMember | 'new' | null>(null)
  const mayEdit = row.may.includes('team') && !row.voided
  const reload = (): Promise<void> => queries.invalidateQueries({ queryKey: ['record-team', row.kind, row.id] })
  const remove = async (person: number): Promise<void> => {
    try {
      await api.delete(`${path}/${person}`)
      await reload()
    } catch (error) {
      toast(problemText(error), { tone: 'bad' })
    }
  }
  if (!team.data) return team.error ? <ProblemText error={team.error} /> : null
  return (
    <section className={classes.section} aria-label={t('crm.team')} data-section="team">
      <h3 className={classes.sectionTitle}>{t('crm.team')}</h3>
      <ul className={classes.people}>
        {team.data.map((one) => (
          <Member key={one.person} member={one} mayEdit={mayEdit} onEdit={() => setEditing(one)} onRemove={() => void remove(one.person)} />
        ))}
      </ul>
      {mayEdit && (
        <Button variant="subtle" size="compact-md" className={classes.more} leftSection={<IconUserPlus size={16} />} onClick={() => setEditing('new')}>
          {t('crm.team_add')}
        </Button>
      )}
      {editing && (
        <MemberDialog path={path} member={editing === 'new' ? null : editing} onDone={() => void reload()} onClose={() => setEditing(null)} />
      )}
    </section>
  )
}

interface MemberProps {
  member: TeamMember
  mayEdit: boolean
  onEdit: () => void
  onRemove: () => void
}

function Member({ member, mayEdit, onEdit, onRemove }: MemberProps) {
  const t = useT()
  const me = useMyId()
  const name = usePerson(member.person)?.name ?? '…'
  const isOwner = member.role === 'owner'
  const isMe = member.person === me
  return (
    <li className={classes.person} data-member={member.person}>
      <button type="button" className={classes.who} onClick={() => showPerson(member.person)}>
        <Avatar id={member.person} name={name} size={32} />
        <span className={classes.twoLines}>
          <span>{name}</span>
          <span className={classes.hint}>
            {t(`crm.role_${member.role}`)}
            {!isOwner && ` · ${t(`crm.access_${member.access}`)}`}
          </span>
        </span>
      </button>
      {!isOwner && (mayEdit || isMe) && (
        <MenuButton
          label={t('crm.member_menu', { name })}
          choices={[
            mayEdit && { icon: IconPencil, label: t('ui.change'), onChoose: onEdit },
            { icon: IconUserMinus, label: t(isMe ? 'crm.team_leave' : 'crm.team_remove'), onChoose: onRemove, isGrave: true },
          ]}
        />
      )}
    </li>
  )
}

interface DialogProps {
  path: string
  /** Null: somebody new. */
  member: TeamMember | null
  onDone: () => void
  onClose: () => void
}

function MemberDialog({ path, member, onDone, onClose }: DialogProps) {
  const t = useT()
  const act = useAct()
  const [people, setPeople] = useState<Named[]>([])
  const [role, setRole] = useState(member && member.role !== 'owner' ? member.role : ROLES[0])
  const [access, setAccess] = useState<TeamMember['access']>(member?.access ?? 'read')
  const person = member?.person ?? people[0]?.id
  const save = async (): Promise<void> => {
    const done = await act.run(async () => {
      await api.put(`${path}/${person}`, { role, access })
      onDone()
    })
    if (done) onClose()
  }
  return (
    <Dialog title={t(member ? 'crm.team_change' : 'crm.team_add')} onClose={onClose} tall={member === null}>
      <DialogForm
        onSubmit={save}
        onCancel={onClose}
        submit={t('ui.save')}
        busy={act.busy}
        disabled={person === undefined}
      >
        {!member && <NamePicker label={t('crm.team_who')} value={people} onChange={setPeople} search={colleagueSearch} error={act.of('person')} single autoFocus />}
        <NativeSelect
          size="md"
          label={t('crm.team_role')}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as (typeof ROLES)[number])}
          data={ROLES.map((one) => ({ value: one, label: t(`crm.role_${one}`) }))}
        />
        <NativeSelect
          size="md"
          label={t('crm.team_access')}
          value={access}
          onChange={(event) => setAccess(event.currentTarget.value as TeamMember['access'])}
          data={(['read', 'write'] as const).map((one) => ({ value: one, label: t(`crm.access_${one}`) }))}
        />
        <ProblemText error={act.rest(['person'])} />
      </DialogForm>
    </Dialog>
  )
}
