// Whose posts: one department or one colleague, chosen by typing.
import type { Id } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { colleagueSearch, departmentSearch } from '../../live/lookup'
import { Dialog } from '../../ui/Dialog'
import { NamePicker } from '../../ui/NamePicker'

interface Props {
  kind: 'department' | 'person'
  onChoose: (id: Id) => void
  onClose: () => void
}

export default function ChooseOne({ kind, onChoose, onClose }: Props) {
  const t = useT()
  return (
    <Dialog title={t(`feed.choose_${kind}`)} onClose={onClose} tall>
      <NamePicker
        label={t(kind === 'person' ? 'feed.search_people' : 'feed.search_departments')}
        value={[]}
        onChange={([named]) => {
          if (!named) return
          onChoose(named.id)
          onClose()
        }}
        search={kind === 'person' ? colleagueSearch : departmentSearch}
        single
        autoFocus
      />
    </Dialog>
  )
}
