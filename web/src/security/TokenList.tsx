// Access tokens of mine or of a robot: what each may do, until when, and taking it back.
import { Button, Skeleton } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../api/client'
import type { TokenView } from '../api/generated'
import type { Id } from '../api/types'
import { day, listed } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import { ProblemText } from '../ui/ProblemText'
import { RelativeTime } from '../ui/RelativeTime'
import { NewToken } from './NewToken'
import { scopeName } from './scopeName'
import classes from './Security.module.css'
import { tokensPath, useRefetch, useTokens } from './wire'

export function TokenList({ bot, mayMake = true }: { bot: Id | null; mayMake?: boolean }) {
  const t = useT()
  const tokens = useTokens(bot)
  const refetch = useRefetch()
  const [making, setMaking] = useState(false)
  const [ending, setEnding] = useState<TokenView | null>(null)
  const end = async (): Promise<void> => {
    if (ending) await api.delete(`${tokensPath(bot)}/${ending.id}`)
    await refetch('tokens', 'bots')
  }
  return (
    <>
      <ProblemText error={tokens.error} />
      {tokens.isPending && <Skeleton height={56} aria-hidden />}
      <ul className={classes.list}>
        {tokens.items.map((token) => (
          <li key={token.id} className={classes.row}>
            <IconKey size={24} stroke={1.6} className={classes.icon} aria-hidden />
            <div className={classes.words}>
              <span className={classes.name}>{token.name}</span>
              {token.state === 'expired' && <span className={classes.mark}>{t('security.expired')}</span>}
              <span className={classes.detail}>{listed(token.scopes.map(scopeName))}</span>
              <span className={classes.detail}>
                {t('security.until', { day: day(token.expires_at) })} ·{' '}
                {token.last_used_at ? (
                  <>
                    {t('security.last_used')} <RelativeTime at={token.last_used_at} />
                  </>
                ) : (
                  t('security.never_used')
                )}
              </span>
            </div>
            <Button
              variant="default"
              aria-label={t('security.revoke_named', { name: token.name })}
              onClick={() => setEnding(token)}
            >
              {t('security.revoke')}
            </Button>
          </li>
        ))}
      </ul>
      <div className={classes.acts}>
        {tokens.hasNextPage && (
          <Button variant="default" loading={tokens.isFetchingNextPage} onClick={() => void tokens.fetchNextPage()}>
            {t('ui.load_more')}
          </Button>
        )}
        {mayMake && (
          <Button variant="default" onClick={() => setMaking(true)}>
            {t('security.new_token')}
          </Button>
        )}
      </div>
      {making && <NewToken bot={bot} onClose={() => setMaking(false)} />}
      <ConfirmDialog
        opened={ending !== null}
        title={t('security.revoke_title')}
        confirm={t('security.revoke')}
        onConfirm={end}
        onClose={() => setEnding(null)}
      >
        {t('security.revoke_text', { name: ending?.name ?? '' })}
      </ConfirmDialog>
    </>
  )
}
