// Who is in a group; add, remove, leave, rename.
import { Button, Drawer, Loader } from '@mantine/core'
import { IconLogout, IconUserPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client'
import { Traces } from '../cards/Traces'
import { useT } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import { useEntity } from '../live/hooks'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import { ProblemText } from '../ui/ProblemText'
import { AddMembers } from './AddMembers'
import { MemberRow } from './MemberRow'
import { fetchMembers } from './members'
import classes from './MembersPanel.module.css'
import { RenameGroup } from './RenameGroup'

export default function MembersPanel({ id, onClose }: { id: number; onClose: () => void }) {
  const t = useT()
  const me = useMyId()
  const queries = useQueryClient()
  const conversation = useEntity('conversation', id)
  const membership = useEntity('membership', id)
  const [adding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState(false)
  const [removing, setRemoving] = useState<{ id: number; name: string } | null>(null)
  // A change of the count is a change of the list.
  const members = useQuery({
    queryKey: ['members', id, conversation?.member_count],
    queryFn: ({ signal }) => fetchMembers(id, signal),
    placeholderData: (before) => before,
  })
  const isIn = membership?.state === 'active'
  const isOwner = isIn && membership.role === 'owner'
  const reload = (): Promise<void> => queries.invalidateQueries({ queryKey: ['members', id] })
  const takeOut = async (person: number): Promise<void> => {
    await api.delete(`/conversations/${id}/members/${person}`)
    await reload()
  }

  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(100vw, 380px)"
      title={t('chat.members_of', { count: conversation?.member_count ?? 0 })}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      {isIn && conversation && <RenameGroup conversation={conversation} />}
      {isIn && (
        <Button
          fullWidth
          variant="light"
          leftSection={<IconUserPlus size={20} />}
          onClick={() => setAdding(true)}
          className={classes.add}
        >
          {t('chat.add_members')}
        </Button>
      )}
      <ProblemText error={members.error} />
      {members.isPending && <Loader aria-label={t('ui.loading')} />}
      <ul className={classes.members}>
        {members.data?.map((member) => (
          <MemberRow
            key={member.person_id}
            member={member}
            isMe={member.person_id === me}
            onRemove={isOwner && member.person_id !== me ? setRemoving : undefined}
          />
        ))}
      </ul>
      <Traces kind="conversation" id={id} />
      {isIn && (
        <Button
          fullWidth
          variant="subtle"
          c="var(--tf-alarm)"
          leftSection={<IconLogout size={20} />}
          onClick={() => setLeaving(true)}
        >
          {t('chat.leave')}
        </Button>
      )}
      {adding && <AddMembers id={id} onClose={() => setAdding(false)} onAdded={() => void reload()} />}
      <ConfirmDialog
        opened={removing !== null}
        title={t('chat.remove_title', { name: removing?.name ?? '' })}
        confirm={t('chat.remove')}
        onConfirm={() => takeOut(removing?.id ?? 0)}
        onClose={() => setRemoving(null)}
      >
        {t('chat.remove_text')}
      </ConfirmDialog>
      <ConfirmDialog
        opened={leaving}
        title={t('chat.leave_title')}
        confirm={t('chat.leave')}
        onConfirm={async () => {
          await api.delete(`/conversations/${id}/members/${me}`)
          onClose()
        }}
        onClose={() => setLeaving(false)}
      >
        {t('chat.leave_text')}
      </ConfirmDialog>
    </Drawer>
  )
}
