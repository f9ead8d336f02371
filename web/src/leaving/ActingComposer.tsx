// Writing a share in the principal's name. Its draft is one of its own; it is sent at once or stays here with what is wrong.
import type { Person } from '../api/types'
import { useT } from '../i18n/i18n'
import { ShareForm } from '../feed/share/ShareForm'
import { useActingShare } from './useActingShare'

export default function ActingComposer({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useT()
  const share = useActingShare(person, onClose)
  return <ShareForm share={share} title={t('leaving.share_as', { name: person.name })} author={person} onClose={onClose} />
}
