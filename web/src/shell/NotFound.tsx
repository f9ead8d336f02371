// An address that leads nowhere, or to something this person may not see.
import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { useT } from '../i18n/i18n'
import { EmptyState } from '../ui/EmptyState'

export function NotFound() {
  const t = useT()
  return (
    <EmptyState
      alone
      title={t('ui.not_found')}
      action={
        <Button component={Link} href="/">
          {t('ui.to_work')}
        </Button>
      }
    >
      {t('ui.not_found_text')}
    </EmptyState>
  )
}
