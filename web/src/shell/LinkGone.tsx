// What a page behind a link says while it looks, and when the link does not work: why, and the way on.
import { Button, Loader } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { asProblem } from '../api/problem'
import { useT } from '../i18n/i18n'
import type { MessageKey } from '../i18n/types'
import { Door } from './Door'
import classes from './Door.module.css'

interface Props {
  title: string
  found: UseQueryResult<unknown>
  /** By the server's reason, else for a link that it does not know. */
  words: { unknown: MessageKey } & Partial<Record<string, MessageKey>>
  /** Another way on than the sign-in. */
  children?: ReactNode
}

export function LinkGone({ title, found, words, children }: Props) {
  const t = useT()
  const [, go] = useLocation()
  if (found.isPending) {
    return (
      <Door title={title}>
        <Loader aria-label={t('ui.loading')} />
      </Door>
    )
  }
  const { status, problem } = asProblem(found.error)
  const gone = status === 404 || status === 409
  const key = words[problem.reason ?? ''] ?? words.unknown
  return (
    <Door title={title}>
      <div className={classes.form}>
        <p className={classes.note}>{t(gone ? key : 'connection.unreachable_text')}</p>
        {gone ? (
          <>
            {children}
            <Button variant="default" onClick={() => go('/')}>
              {t('join.to_sign_in')}
            </Button>
          </>
        ) : (
          <Button onClick={() => void found.refetch()}>{t('ui.try_again')}</Button>
        )}
      </div>
    </Door>
  )
}
