// Administration: the tree of departments. Pressing one opens what can be done with it; nothing needs to be dragged.
import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconSearch, IconSitemap } from '@tabler/icons-react'
import { useState } from 'react'
import { SectionPage } from '../admin/SectionPage'
import type { Department, Id } from '../api/types'
import { listed } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { useDepartments, usePeople } from '../live/directory'
import { DepartmentTree } from '../people/DepartmentTree'
import { EmptyState } from '../ui/EmptyState'
import classes from './DepartmentsSection.module.css'
import { EditDepartment } from './EditDepartment'
import { NewDepartment } from './NewDepartment'

export default function DepartmentsSection() {
  const t = useT()
  const departments = useDepartments()
  const [q, setQ] = useState('')
  const [open, setOpen] = useState<Id | null>(null)
  const [below, setBelow] = useState<Id | null | undefined>(undefined)
  return (
    <SectionPage
      title={t('org.departments')}
      actions={
        <Button leftSection={<IconPlus size={18} />} onClick={() => setBelow(null)}>
          {t('org.new_department')}
        </Button>
      }
    >
      {departments.length === 0 ? (
        <EmptyState icon={<IconSitemap size={48} stroke={1.4} />} title={t('org.no_departments')}>
          {t('org.no_departments_text')}
        </EmptyState>
      ) : (
        <>
          <TextInput
            type="search"
            mb={12}
            aria-label={t('org.search_departments')}
            placeholder={t('org.search_departments')}
            leftSection={<IconSearch size={18} />}
            value={q}
            onChange={(event) => setQ(event.currentTarget.value)}
          />
          <div className={classes.tree}>
            <DepartmentTree departments={departments} q={q} label={t('org.departments')}>
              {(department, isFlat) => <Row department={department} isFlat={isFlat} onOpen={() => setOpen(department.id)} />}
            </DepartmentTree>
          </div>
        </>
      )}
      {open !== null && <EditDepartment id={open} onClose={() => setOpen(null)} onAddBelow={setBelow} />}
      {below !== undefined && <NewDepartment parent={below} onClose={() => setBelow(undefined)} />}
    </SectionPage>
  )
}

function Row({ department, isFlat, onOpen }: { department: Department; isFlat: boolean; onOpen: () => void }) {
  const t = useT()
  const heads = usePeople(department.heads)
  return (
    <button type="button" className={classes.row} onClick={onOpen}>
      <span className={classes.name}>{isFlat ? department.path : department.name}</span>
      {heads.length > 0 && (
        <span className={classes.heads}>{t('org.led_by', { names: listed(heads.map((one) => one.name)) })}</span>
      )}
    </button>
  )
}
