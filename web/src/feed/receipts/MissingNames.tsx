// Copies «未回执: 张三、李四», all pages of it.
import type { Id } from '../../api/types'
import { listed } from '../../i18n/dates'
import { say } from '../../i18n/i18n'
import { store } from '../../live/store'
import { fetchAll } from './columns'
import { CopyNames } from './CopyNames'

async function missingNames(post: Id): Promise<string> {
  const rows = [...(await fetchAll(post, 'unread')), ...(await fetchAll(post, 'read'))]
  const names = rows.map((row) => store.get('person', row.person_id)?.name ?? `#${row.person_id}`)
  return say('feed.missing', { names: listed(names) })
}

export function MissingNames({ post }: { post: Id }) {
  return <CopyNames line={() => missingNames(post)} />
}
