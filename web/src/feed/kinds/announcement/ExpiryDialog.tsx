// Until when an announcement holds: another time, no end, or now.
import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import type { Post } from '../../../api/types'
import { useT } from '../../../i18n/i18n'
import { Dialog } from '../../../ui/Dialog'
import { ProblemText } from '../../../ui/ProblemText'
import { useAct } from '../../../ui/useAct'
import { TimeField } from '../TimeField'
import type { AnnouncementDetails } from './standing'
import { stand } from './useMenu'

interface Props {
  post: Post
  details: AnnouncementDetails
  onClose: () => void
}

export default function ExpiryDialog({ post, details, onClose }: Props) {
  const t = useT()
  const act = useAct()
  const [at, setAt] = useState(details.expires_at)
  const save = (time: string | null): void => {
    void act.run(async () => {
      await stand(post, details.pinned, time)
      onClose()
    })
  }
  return (
    <Dialog title={t('kinds.set_expiry')} onClose={onClose}>
      <TimeField label={t('kinds.expires_at')} description={t('kinds.expires_explained')} value={at} onChange={setAt} />
      <ProblemText error={act.error} />
      <Group justify="space-between" gap="xs" mt="md">
        <Button variant="default" onClick={() => save(new Date().toISOString())} disabled={act.busy}>
          {t('kinds.end_now')}
        </Button>
        <Button onClick={() => save(at)} loading={act.busy}>
          {t('feed.save')}
        </Button>
      </Group>
    </Dialog>
  )
}
