// The bell in a page's head on phones; at a desk the rail has it.
import { ActionIcon } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { Link } from 'wouter'
import { badge } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import classes from './BellButton.module.css'
import { useUnreadNotices } from './inbox'

export function BellButton({ className }: { className?: string | undefined }) {
  const t = useT()
  const count = useUnreadNotices()
  const label = count > 0 ? `${t('notices.title')} ${t('nav.count', { count })}` : t('notices.title')
  return (
    <ActionIcon component={Link} href="/inbox" aria-label={label} {...(className ? { className } : {})}>
      <span className={classes.bell}>
        <IconBell size={22} stroke={1.7} aria-hidden />
        {count > 0 && (
          <span className={classes.badge} aria-hidden>
            {badge(count)}
          </span>
        )}
      </span>
    </ActionIcon>
  )
}
