// Navigation: a bottom bar for thumbs on phones, a labelled rail at desks. Both are the same links.
import { Link, useLocation } from 'wouter'
import { useSections } from '../admin/useSections'
import { useUnreadTotal } from '../chat/unread'
import { useTodoCount } from '../feed/badge'
import { badge } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { useCompany, useMe } from '../live/bootstrap'
import { IconSearch } from '@tabler/icons-react'
import { useUnreadNotices } from '../notifications/inbox'
import { openPalette } from '../ui/palette'
import { Avatar } from '../ui/Avatar'
import { Brand } from './Brand'
import classes from './Nav.module.css'
import { places } from './places'

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

export function Nav({ hiddenOnPhones }: { hiddenOnPhones: boolean }) {
  const t = useT()
  const [path] = useLocation()
  const { person, capabilities } = useMe()
  const company = useCompany()
  const counts = { chat: useUnreadTotal(), todos: useTodoCount(), inbox: useUnreadNotices() }
  const manages = useSections().length > 0
  const shown = places.filter((place) => (manages || !place.managing) && (!place.needs || (capabilities[place.needs] ?? []).length > 0))
  return (
    <nav className={classes.nav} aria-label={t('nav.label')} data-hidden={hiddenOnPhones || undefined}>
      <div className={classes.brand}>
        <Brand small />
      </div>
      <button type="button" className={classes.find} onClick={() => openPalette()}>
        <IconSearch size={22} stroke={1.7} aria-hidden />
        <span className={classes.label}>{t('search.open')}</span>
        <kbd className={classes.key}>{isMac ? '⌘' : 'Ctrl'} K</kbd>
      </button>
      <ul className={classes.places}>
        {shown.map(({ path: to, label, icon: Icon, badge: counted, thumb, isHere }) => {
          const count = counted ? counts[counted] : 0
          return (
            <li key={to} data-thumb={thumb || undefined}>
              <Link href={to} className={classes.place} aria-current={isHere(path) ? 'page' : undefined}>
                <span className={classes.icon}>
                  <Icon size={24} stroke={1.7} aria-hidden />
                  {count > 0 && (
                    <span className={classes.badge} aria-hidden data-badge={counted}>
                      {badge(count)}
                    </span>
                  )}
                </span>
                <span className={classes.label}>{t(label)}</span>
                {count > 0 && <span className="tf-hidden">{t('nav.count', { count })}</span>}
              </Link>
            </li>
          )
        })}
      </ul>
      <Link href="/me" className={classes.self}>
        <Avatar id={person.id} name={person.name} size={36} />
        <span className={classes.words}>
          <span className={classes.name}>{person.name}</span>
          <span className={classes.company}>{company.name}</span>
        </span>
      </Link>
    </nav>
  )
}
