// One robot with its tokens.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import type { BotView } from '../api/generated'
import { useT } from '../i18n/i18n'
import { Avatar } from '../ui/Avatar'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import classes from './Security.module.css'
import { TokenList } from './TokenList'
import { useRefetch } from './wire'

export function Robot({ bot }: { bot: BotView }) {
  const t = useT()
  const refetch = useRefetch()
  const [ending, setEnding] = useState(false)
  const [open, setOpen] = useState(false)
  const end = async (): Promise<void> => {
    await api.delete(`/bots/${bot.id}`)
    await refetch('bots', 'tokens')
  }
  return (
    <section className={classes.card} aria-label={bot.name}>
      <div className={classes.row}>
        <Avatar id={bot.id} name={bot.name} size={44} />
        <div className={classes.words}>
          <span className={classes.name}>{bot.name}</span>
          {bot.is_retired && <span className={classes.mark}>{t('security.retired')}</span>}
          <span className={classes.detail}>{bot.purpose}</span>
          <span className={classes.detail}>
            {t('security.owner', { name: bot.owner_name })} · {t('security.token_count', { n: bot.tokens })}
          </span>
        </div>
      </div>
      {open && <TokenList bot={bot.id} />}
      {!bot.is_retired && (
        <div className={classes.acts}>
          <Button variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('security.tokens')}
          </Button>
          <Button variant="default" onClick={() => setEnding(true)}>
            {t('security.retire')}
          </Button>
        </div>
      )}
      <ConfirmDialog
        opened={ending}
        title={t('security.retire_title', { name: bot.name })}
        confirm={t('security.retire')}
        onConfirm={end}
        onClose={() => setEnding(false)}
      >
        {t('security.retire_text')}
      </ConfirmDialog>
    </section>
  )
}
