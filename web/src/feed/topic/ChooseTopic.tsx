// Posts about which topic: chosen by typing, or from what is offered.
import { useT } from '../../i18n/i18n'
import { Dialog } from '../../ui/Dialog'
import { NamePicker } from '../../ui/NamePicker'
import { existingTopics } from './choices'

export default function ChooseTopic({ onChoose, onClose }: { onChoose: (name: string) => void; onClose: () => void }) {
  const t = useT()
  return (
    <Dialog title={t('topics.choose')} onClose={onClose} tall>
      <NamePicker
        label={t('topics.search')}
        value={[]}
        onChange={([named]) => {
          if (!named) return
          onChoose(named.name)
          onClose()
        }}
        search={existingTopics}
        single
        autoFocus
      />
    </Dialog>
  )
}
