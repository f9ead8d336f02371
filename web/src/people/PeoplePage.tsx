// The directory: search, the departments beside it (behind a button on a phone), one's colleagues; import for administrators.
import { ActionIcon, Button, TextInput } from '@mantine/core'
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks'
import { IconFileUpload, IconSearch, IconSitemap, IconUserPlus, IconX } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { Id } from '../api/types'
import { useT } from '../i18n/i18n'
import { useCan } from '../live/bootstrap'
import { useDepartment } from '../live/directory'
import { Page } from '../ui/Page'
import { Panel } from '../ui/Panel'
import { Departments } from './Departments'
import { PeopleList } from './PeopleList'
import classes from './PeoplePage.module.css'
import { ShownPerson } from './ShownPerson'

const InviteDialog = lazy(() => import('./InviteDialog'))

export default function PeoplePage() {
  const t = useT()
  const mayImport = useCan('people.import')
  const isDesk = useMediaQuery('(min-width: 1024px)', undefined, { getInitialValueInEffect: false }) ?? false
  const [params, setParams] = useSearchParams()
  const chosen = Number(params.get('department')) || null
  const department = useDepartment(chosen)
  const [q, setQ] = useState('')
  const [asked] = useDebouncedValue(q.trim(), 150)
  const [choosing, setChoosing] = useState(false)
  const [inviting, setInviting] = useState(false)
  const choose = (id: Id | null): void => {
    setParams(id === null ? {} : { department: String(id) }, { replace: true })
    setChoosing(false)
  }
  const departments = <Departments chosen={chosen} onChoose={choose} />
  return (
    <Page
      title={t('people.title')}
      wide
      actions={
        mayImport && (
          <>
            {isDesk ? (
              <Button component={Link} href="/people/import" variant="default" leftSection={<IconFileUpload size={18} />}>
                {t('people.import')}
              </Button>
            ) : (
              <ActionIcon component={Link} href="/people/import" aria-label={t('people.import')}>
                <IconFileUpload size={22} />
              </ActionIcon>
            )}
            <Button leftSection={<IconUserPlus size={18} />} onClick={() => setInviting(true)}>
              {t('people.invite_short')}
            </Button>
          </>
        )
      }
    >
      <div className={classes.page}>
        {isDesk && <aside className={classes.side}>{departments}</aside>}
        <div className={classes.main}>
          <div className={classes.tools}>
            <TextInput
              type="search"
              className={classes.search}
              aria-label={t('people.search')}
              placeholder={t(isDesk ? 'people.search' : 'ui.search')}
              leftSection={<IconSearch size={18} />}
              value={q}
              onChange={(event) => setQ(event.currentTarget.value)}
            />
            {!isDesk && (
              <Button
                variant="default"
                className={classes.filter}
                leftSection={<IconSitemap size={18} />}
                onClick={() => setChoosing(true)}
              >
                {t('people.departments')}
              </Button>
            )}
          </div>
          {department && (
            <div className={classes.chosen}>
              <span>{department.path}</span>
              <button type="button" aria-label={t('people.all_departments')} onClick={() => choose(null)}>
                <IconX size={16} aria-hidden />
              </button>
            </div>
          )}
          <PeopleList q={asked} department={chosen} mayImport={mayImport} />
        </div>
      </div>
      <Panel
        opened={choosing && !isDesk}
        onClose={() => setChoosing(false)}
        width={380}
        title={t('people.departments')}
      >
        {departments}
      </Panel>
      {inviting && (
        <Suspense>
          <InviteDialog onClose={() => setInviting(false)} />
        </Suspense>
      )}
      <ShownPerson />
    </Page>
  )
}
