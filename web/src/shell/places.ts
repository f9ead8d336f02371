// The places of the navigation, in the order the rail shows them. A place appears here with its domain.
import {
  IconAddressBook,
  IconBell,
  IconBriefcase,
  IconCalendarEvent,
  IconChecklist,
  IconMessageCircle,
  IconSettings,
  IconUser,
  IconUsers,
  type Icon,
} from '@tabler/icons-react'
import type { MessageKey } from '../i18n/types'

export interface Place {
  path: string
  label: MessageKey
  icon: Icon
  /** Which count stands on it. */
  badge?: 'chat' | 'todos' | 'inbox'
  /** Only for who holds this. */
  needs?: string
  /** Only for who has something to manage. */
  managing?: boolean
  /** On the bottom bar of a phone. */
  thumb: boolean
  isHere: (path: string) => boolean
}
const under = (root: string) => (path: string) => path === root || path.startsWith(`${root}/`)

export const places: readonly Place[] = [
  { path: '/chat', label: 'nav.chat', icon: IconMessageCircle, badge: 'chat', thumb: true, isHere: under('/chat') },
  {
    path: '/',
    label: 'nav.work',
    icon: IconBriefcase,
    thumb: true,
    isHere: (path) => path === '/' || path.startsWith('/posts/'),
  },
  { path: '/crm', label: 'nav.crm', icon: IconAddressBook, needs: 'records.read', thumb: true, isHere: under('/crm') },
  { path: '/todos', label: 'nav.todos', icon: IconChecklist, badge: 'todos', thumb: true, isHere: under('/todos') },
  { path: '/schedule', label: 'nav.schedule', icon: IconCalendarEvent, thumb: false, isHere: under('/schedule') },
  { path: '/inbox', label: 'notices.title', icon: IconBell, badge: 'inbox', thumb: false, isHere: under('/inbox') },
  { path: '/people', label: 'nav.people', icon: IconUsers, thumb: false, isHere: under('/people') },
  {
    path: '/admin',
    label: 'admin.title',
    icon: IconSettings,
    managing: true,
    thumb: false,
    isHere: under('/admin'),
  },
  { path: '/me', label: 'nav.me', icon: IconUser, thumb: true, isHere: under('/me') },
]
