// Writing a post of one's own, of any kind.
import type { PostKind } from '../kinds/declared'
import { wordOf } from '../kinds/words'
import { ShareForm } from './ShareForm'
import { useShare } from './useShare'

export default function ShareComposer({ kind, onClose }: { kind: PostKind; onClose: () => void }) {
  return <ShareForm share={useShare(onClose, kind)} kind={kind} title={wordOf(kind.kind)} onClose={onClose} />
}
