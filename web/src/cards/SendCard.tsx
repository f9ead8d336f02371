// Sends a thing into a conversation: its card lies in that conversation's composer, where a word can be added before it goes.
import { useLocation } from 'wouter'
import type { Ref } from '../api/types'
import { beginDirect } from '../chat/begin'
import { draftPlace } from '../chat/places'
import { useT } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import { problemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import CardPicker from './CardPicker'
import { chosenCards } from './chosen'

export default function SendCard({ about, onClose }: { about: Ref; onClose: () => void }) {
  const t = useT()
  const me = useMyId()
  const [, go] = useLocation()
  const choose = async (place: Ref): Promise<void> => {
    try {
      const id = place.kind === 'person' ? await beginDirect(place.id) : place.id
      chosenCards.add(me, draftPlace(id), about)
      onClose()
      go(`/chat/${id}`)
    } catch (error) {
      toast(problemText(error), { tone: 'bad' })
    }
  }
  return <CardPicker title={t('cards.send')} places onChoose={([place]) => place && void choose(place)} onClose={onClose} />
}
