// What the palette can begin, for whoever may.
import { IconChecklist, IconMessageCircle, IconNotebook, IconSettings, IconShare3, IconUser, IconUsers } from '@tabler/icons-react'
import { useSections } from '../admin/useSections'
import { SHARE_ADDRESS } from '../feed/share/place'
import { useT } from '../i18n/i18n'
import type { Row } from './rows'

type Action = Extract<Row, { type: 'action' }>

const everyone: readonly Omit<Action, 'type' | 'key'>[] = [
  { label: 'search.act_share', icon: IconShare3, to: SHARE_ADDRESS },
  { label: 'nav.chat', icon: IconMessageCircle, to: '/chat' },
  { label: 'nav.todos', icon: IconChecklist, to: '/todos' },
  { label: 'kinds.logs', icon: IconNotebook, to: '/logs' },
  { label: 'nav.people', icon: IconUsers, to: '/people' },
  { label: 'nav.me', icon: IconUser, to: '/me' },
]

/** Those whose names hold what is typed; all of them while nothing is. */
export function useActions(q: string): Row[] {
  const t = useT()
  const manages = useSections().map(({ path, label, icon }) => ({ label, icon, to: `/admin/${path}` }))
  const admin = manages.length > 0 ? [{ label: 'admin.title' as const, icon: IconSettings, to: '/admin' }] : []
  const sought = q.toLocaleLowerCase()
  // The back office's sections are found by name only: they would crowd the empty palette.
  return [...everyone, ...admin, ...(sought ? manages : [])]
    .filter(({ label }) => t(label).toLocaleLowerCase().includes(sought))
    .map((action) => ({ type: 'action', key: `act ${action.to}`, ...action }))
}
