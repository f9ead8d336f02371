// Ten recovery codes, shown once: to be copied or kept as a file before going on.
import { Button, Checkbox } from '@mantine/core'
import { IconCopy, IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useT } from '../i18n/i18n'
import { copyText } from '../ui/clipboard'
import { saveFile } from '../ui/download'
import { toast } from '../ui/toasts'
import classes from './Security.module.css'

export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const t = useT()
  const [kept, setKept] = useState(false)
  const text = codes.join('\n')
  const copy = async (): Promise<void> => {
    toast(t((await copyText(text)) ? 'ui.copied' : 'security.copy_by_hand'), { tone: 'good' })
  }
  return (
    <div className={classes.form}>
      <p className={classes.note}>{t('security.recovery_text')}</p>
      <ul className={classes.codes} aria-label={t('security.recovery_codes')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={classes.acts}>
        <Button variant="default" leftSection={<IconCopy size={20} />} onClick={() => void copy()}>
          {t('security.copy')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconDownload size={20} />}
          onClick={() => saveFile('tenfour-recovery-codes.txt', `${text}\n`, 'text/plain')}
        >
          {t('security.download')}
        </Button>
      </div>
      <Checkbox
        className={classes.scope}
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
        label={t('security.recovery_kept')}
      />
      <Button disabled={!kept} onClick={onDone}>
        {t('security.done')}
      </Button>
    </div>
  )
}
