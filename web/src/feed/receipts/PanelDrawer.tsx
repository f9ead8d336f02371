// The receipts panel over the timeline: full screen on a phone, at the right of a desk.
import { Drawer } from '@mantine/core'
import type { Post } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { useEntity } from '../../live/hooks'
import { onEscape } from '../../ui/escape'
import { plainLine } from '../../ui/plain'
import { ReceiptsPanel } from './ReceiptsPanel'

export default function PanelDrawer({ post: opened, onClose }: { post: Post; onClose: () => void }) {
  const t = useT()
  const post = useEntity('post', opened.id) ?? opened
  return (
    <Drawer
      opened
      onClose={onClose}
      closeOnEscape={false}
      onKeyDown={onEscape(onClose)}
      position="right"
      size="min(100vw, 920px)"
      title={t('feed.receipts_of', { title: plainLine(post.text, 24) })}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <ReceiptsPanel post={post} />
    </Drawer>
  )
}
