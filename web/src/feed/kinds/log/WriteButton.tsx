// Beside the to-do of a log that was called for: write it.
import { Button } from '@mantine/core'
import { Link } from 'wouter'
import type { Id } from '../../../api/types'
import { useT } from '../../../i18n/i18n'
import { addressOfPeriod } from './periods'

export function WriteButton({ post: number }: { post: Id }) {
  const t = useT()
  return (
    <Button component={Link} href={addressOfPeriod(number)}>
      {t('kinds.write_log')}
    </Button>
  )
}
