// Copies «未回执: 张三、李四» for a chat elsewhere or a phone list, all pages of it.
import { Button, Textarea } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import type { Id } from '../../api/types'
import { listed } from '../../i18n/dates'
import { say, useT } from '../../i18n/i18n'
import { store } from '../../live/store'
import { copyText } from '../../ui/clipboard'
import { Dialog } from '../../ui/Dialog'
import { problemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { fetchAll } from './columns'

async function missingNames(post: Id): Promise<string> {
  const rows = [...(await fetchAll(post, 'unread')), ...(await fetchAll(post, 'read'))]
  const names = rows.map((row) => store.get('person', row.person_id)?.name ?? `#${row.person_id}`)
  return say('feed.missing', { names: listed(names) })
}

export function MissingNames({ post }: { post: Id }) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const [byHand, setByHand] = useState<string | null>(null)
  const copy = async (): Promise<void> => {
    setBusy(true)
    try {
      const text = missingNames(post)
      if (await copyText(text)) toast(t('ui.copied'), { tone: 'good' })
      else setByHand(await text)
    } catch (error) {
      toast(problemText(error), { tone: 'bad' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button variant="default" loading={busy} leftSection={<IconCopy size={18} />} onClick={() => void copy()}>
        {t('feed.copy_missing')}
      </Button>
      <Dialog opened={byHand !== null} onClose={() => setByHand(null)} title={t('feed.copy_missing')}>
        <Textarea
          value={byHand ?? ''}
          readOnly
          rows={6}
          label={t('feed.copy_by_hand')}
          onFocus={(event) => event.currentTarget.select()}
          data-autofocus
        />
      </Dialog>
    </>
  )
}
