// One role: what it gives, who holds it; edit, copy, put back, delete.
import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import type { RoleView } from '../api/generated'
import type { Id } from '../api/types'
import { useT } from '../i18n/i18n'
import { useMe } from '../live/bootstrap'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import { Panel } from '../ui/Panel'
import { DeleteRole } from './DeleteRole'
import { Holders } from './Holders'
import { NewRole } from './NewRole'
import { RoleEditor } from './RoleEditor'
import classes from './Roles.module.css'
import { roleName, useRolesChanged } from './roles'

interface Props {
  role: RoleView
  all: readonly RoleView[]
  onClose: () => void
  onMade: (id: Id) => void
}

export function RolePanel({ role, all, onClose, onMade }: Props) {
  const t = useT()
  const changed = useRolesChanged()
  const mayEdit = useMe().capabilities['roles.edit']?.includes('all') ?? false
  const [tab, setTab] = useState('gives')
  const [open, setOpen] = useState<'copy' | 'back' | 'delete' | null>(null)
  const close = (): void => setOpen(null)
  const name = roleName(role)
  return (
    <Panel title={name} onClose={onClose} width={560}>
      <SegmentedControl
        fullWidth
        value={tab}
        onChange={setTab}
        data={[
          { value: 'gives', label: t('roles.what_it_gives') },
          { value: 'people', label: t('roles.who_holds', { count: role.holders }) },
        ]}
      />
      {tab === 'gives' ? <RoleEditor role={role} mayEdit={mayEdit} /> : <Holders role={role} />}
      {mayEdit && tab === 'gives' && (
        <div className={classes.acts}>
          <Button variant="default" onClick={() => setOpen('copy')}>
            {t('roles.copy')}
          </Button>
          {role.is_shipped && role.is_edited && (
            <Button variant="default" onClick={() => setOpen('back')}>
              {t('roles.put_back')}
            </Button>
          )}
          {!role.is_shipped && (
            <Button variant="default" color="red" onClick={() => setOpen('delete')}>
              {t('roles.delete')}
            </Button>
          )}
        </div>
      )}
      {open === 'copy' && <NewRole roles={all} copy={role.id} onClose={close} onMade={onMade} />}
      {open === 'delete' && <DeleteRole role={role} all={all} onClose={close} onDeleted={onClose} />}
      <ConfirmDialog
        opened={open === 'back'}
        title={t('roles.put_back_title', { name })}
        confirm={t('roles.put_back')}
        onClose={close}
        onConfirm={async () => {
          await api.put(`/roles/${role.id}/shipped`, { version: role.version })
          await changed()
        }}
      >
        {t('roles.put_back_text')}
      </ConfirmDialog>
    </Panel>
  )
}
