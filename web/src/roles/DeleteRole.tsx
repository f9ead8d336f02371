// Deleting a role: whoever holds it gets another one instead.
import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import type { RoleView } from '../api/generated'
import { useT } from '../i18n/i18n'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import { roleName, useRolesChanged } from './roles'

interface Props {
  role: RoleView
  all: readonly RoleView[]
  onClose: () => void
  onDeleted: () => void
}

export function DeleteRole({ role, all, onClose, onDeleted }: Props) {
  const t = useT()
  const changed = useRolesChanged()
  const member = all.find((one) => one.code === 'member')
  const [instead, setInstead] = useState(String(member?.id ?? ''))
  return (
    <ConfirmDialog
      opened
      title={t('roles.delete_title', { name: roleName(role) })}
      confirm={t('roles.delete')}
      onClose={onClose}
      onConfirm={async () => {
        await api.delete(`/roles/${role.id}`, { query: { replacement: role.holders > 0 ? instead : null } })
        onDeleted()
        await changed()
      }}
    >
      {role.holders === 0 ? (
        t('roles.delete_unheld')
      ) : (
        <NativeSelect
          label={t('roles.delete_held', { count: role.holders })}
          value={instead}
          onChange={(event) => setInstead(event.currentTarget.value)}
        >
          {all
            .filter((one) => one.id !== role.id)
            .map((one) => (
              <option key={one.id} value={one.id}>
                {roleName(one)}
              </option>
            ))}
        </NativeSelect>
      )}
    </ConfirmDialog>
  )
}
