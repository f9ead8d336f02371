// The back office: its sections beside the open one at a desk, as a list that leads to each on a phone.
import { useMediaQuery } from '@mantine/hooks'
import { IconChevronRight } from '@tabler/icons-react'
import { Suspense } from 'react'
import { Link, Redirect, useParams } from 'wouter'
import { useT } from '../i18n/i18n'
import { EmptyState } from '../ui/EmptyState'
import { Page } from '../ui/Page'
import classes from './AdminPage.module.css'
import { useSections } from './useSections'

function SectionList({ here }: { here?: string }) {
  const t = useT()
  return (
    <ul className={classes.sections}>
      {useSections().map(({ path, label, about, icon: Icon }) => (
        <li key={path}>
          <Link
            href={`/admin/${path}`}
            className={classes.section}
            aria-current={path === here ? 'page' : undefined}
          >
            <Icon size={22} stroke={1.7} aria-hidden />
            <span className={classes.words}>
              <span className={classes.label}>{t(label)}</span>
              <span className={classes.about}>{t(about)}</span>
            </span>
            <IconChevronRight size={18} className={classes.arrow} aria-hidden />
          </Link>
        </li>
      ))}
    </ul>
  )
}

export default function AdminPage() {
  const t = useT()
  const { section } = useParams<{ section?: string }>()
  const isDesk = useMediaQuery('(min-width: 1024px)', undefined, { getInitialValueInEffect: false }) ?? false
  const mine = useSections()
  const open = mine.find((one) => one.path === section)
  if (mine.length === 0)
    return (
      <Page title={t('admin.title')}>
        <EmptyState title={t('admin.nothing')} />
      </Page>
    )
  if (!open) {
    const first = mine[0]
    if (isDesk && first) return <Redirect to={`/admin/${first.path}`} replace />
    return (
      <Page title={t('admin.title')}>
        <SectionList />
      </Page>
    )
  }
  const Shown = open.page
  return (
    <div className={classes.desk}>
      {isDesk && (
        <nav className={classes.side} aria-label={t('admin.title')}>
          <SectionList here={open.path} />
        </nav>
      )}
      <div className={classes.shown}>
        <Suspense fallback={null}>
          <Shown />
        </Suspense>
      </div>
    </div>
  )
}
