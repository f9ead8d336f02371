// Copies a line of names for a chat elsewhere or a phone list; where the browser does not let it, shows it to be copied by hand.
import { Button, Textarea } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useT } from '../../i18n/i18n'
import { copyText } from '../../ui/clipboard'
import { Dialog } from '../../ui/Dialog'
import { problemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'

export function CopyNames({ line }: { line: () => Promise<string> }) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const [byHand, setByHand] = useState<string | null>(null)
  const copy = async (): Promise<void> => {
    setBusy(true)
    try {
      const text = line()
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
