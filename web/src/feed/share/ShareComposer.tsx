// Writing a share of one's own.
import { useT } from '../../i18n/i18n'
import { ShareForm } from './ShareForm'
import { useShare } from './useShare'

export default function ShareComposer({ onClose }: { onClose: () => void }) {
  const t = useT()
  return <ShareForm share={useShare(onClose)} title={t('feed.share')} onClose={onClose} />
}
