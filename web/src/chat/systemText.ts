// What happened to a group, in a sentence: a system message carries a code and whom it is about.
import type { Message } from '../api/types'
import { listed } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { usePeople, usePerson } from '../live/directory'

const SHOWN = 5

export function useSystemText(message: Message | null): string {
  const t = useT()
  const actor = usePerson(message?.author_id || null)?.name ?? '…'
  const about = message?.mentions.people ?? []
  const people = usePeople(about.slice(0, SHOWN))
  if (!message) return ''
  const shown = listed(people.map((p) => p.name))
  const names = about.length > SHOWN ? t('chat.and_others', { names: shown, count: about.length }) : shown || '…'
  const [code, ...rest] = message.text.split(':')
  switch (code) {
    case 'group_created':
      return t('chat.system.group_created', { actor })
    case 'members_added':
      return t('chat.system.members_added', { actor, names })
    case 'member_removed':
      return t('chat.system.member_removed', { actor, names })
    case 'member_left':
      return t('chat.system.member_left', { names: about.length > 0 ? names : actor })
    case 'renamed':
      return t('chat.system.renamed', { actor, name: rest.join(':') })
    default:
      return message.text
  }
}
