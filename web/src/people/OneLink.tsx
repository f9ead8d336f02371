// A link to hand over: whole and selectable, with a copy button.
import { ActionIcon } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useT } from '../i18n/i18n'
import { copyText } from '../ui/clipboard'
import { toast } from '../ui/toasts'
import classes from './OneLink.module.css'

export function OneLink({ name, link }: { name: string; link: string }) {
  const t = useT()
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    if (await copyText(link)) {
      setCopied(true)
      toast(t('people.link_copied', { name }), { tone: 'good' })
    } else toast(t('people.copy_by_hand'))
  }
  return (
    <div className={classes.link}>
      <code className={classes.address}>{link}</code>
      <ActionIcon aria-label={t('people.copy_link', { name })} onClick={() => void copy()} color="tide">
        {copied ? <IconCheck size={20} /> : <IconCopy size={20} />}
      </ActionIcon>
    </div>
  )
}
