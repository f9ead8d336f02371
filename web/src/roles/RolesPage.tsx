// The administration's «roles»: which there are, how many hold each; a press opens one beside the list.
import { Badge, Button, Skeleton } from '@mantine/core'
import { IconChevronRight, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { SectionPage } from '../admin/SectionPage'
import type { Id } from '../api/types'
import { useT } from '../i18n/i18n'
import { useMe } from '../live/bootstrap'
import { ShownPerson } from '../people/ShownPerson'
import { ProblemText } from '../ui/ProblemText'
import { NewRole } from './NewRole'
import { RolePanel } from './RolePanel'
import classes from './Roles.module.css'
import { roleName, useRoles } from './roles'

export default function RolesPage() {
  const t = useT()
  const roles = useRoles()
  const mayEdit = useMe().capabilities['roles.edit']?.includes('all') ?? false
  const [open, setOpen] = useState<Id | null>(null)
  const [making, setMaking] = useState(false)
  const shown = roles.data?.find((role) => role.id === open)
  return (
    <SectionPage
      title={t('roles.section')}
      actions={
        mayEdit && (
          <Button leftSection={<IconPlus size={20} />} onClick={() => setMaking(true)}>
            {t('roles.new')}
          </Button>
        )
      }
    >
      <p className={classes.note}>{t('roles.add_up')}</p>
      <ProblemText error={roles.error} />
      {!roles.data && !roles.error && <Skeleton height={240} aria-hidden />}
      {roles.data && (
        <ul className={classes.list}>
          {roles.data.map((role) => (
            <li key={role.id}>
              <button type="button" className={classes.role} onClick={() => setOpen(role.id)} data-role={role.code}>
                <span className={classes.words}>
                  <span className={classes.name}>
                    {roleName(role)}
                    {!role.is_shipped && <Badge variant="light">{t('roles.own')}</Badge>}
                    {role.is_shipped && role.is_edited && <Badge variant="light">{t('roles.edited')}</Badge>}
                  </span>
                  <span className={classes.about}>
                    {t('roles.holders', { count: role.holders })} ·{' '}
                    {t('roles.gives', { count: Object.keys(role.capabilities).length })}
                  </span>
                </span>
                <IconChevronRight size={18} className={classes.arrow} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      {shown && (
        <RolePanel key={`${shown.id}/${shown.version}`} role={shown} all={roles.data ?? []} onClose={() => setOpen(null)} onMade={setOpen} />
      )}
      {making && <NewRole roles={roles.data ?? []} onClose={() => setMaking(false)} onMade={setOpen} />}
      <ShownPerson />
    </SectionPage>
  )
}
