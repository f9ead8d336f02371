// The receipts panel over the timeline.
import type { Post } from '../../api/types'
import { filesLine } from '../../files/words'
import { useT } from '../../i18n/i18n'
import { useEntity } from '../../live/hooks'
import { Panel } from '../../ui/Panel'
import { plainLine } from '../../ui/plain'
import { ReceiptsPanel } from './ReceiptsPanel'

export default function PanelDrawer({ post: opened, onClose }: { post: Post; onClose: () => void }) {
  const t = useT()
  const post = useEntity('post', opened.id) ?? opened
  return (
    <Panel onClose={onClose} width={920} title={t('feed.receipts_of', { title: plainLine(post.text, 40) || filesLine(post.files) })}>
      <ReceiptsPanel post={post} />
    </Panel>
  )
}
