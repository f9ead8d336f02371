// «Set as task» in the menu of a post or a message: the composer opens with it as the card that the task carries.
import { navigate } from 'wouter/use-browser-location'
import type { Id, Ref } from '../../../api/types'
import { chosenCards } from '../../../cards/chosen'
import { say } from '../../../i18n/i18n'
import { drafts } from '../../../ui/drafts'
import { plainLine } from '../../../ui/plain'
import { toast } from '../../../ui/toasts'
import { addressOfWriting } from '../../share/place'

const MOST_BEGUN = 200

/** `said` is how the text begins. */
export function setAsTask(source: Ref, said: string, me: Id): void {
  if (drafts.read(me, 'task').text.trim()) {
    toast(say('kinds.draft_task_first'))
  } else {
    drafts.write(me, 'task', { text: plainLine(said).slice(0, MOST_BEGUN), mentioned: [] })
    chosenCards.set(me, 'task', [{ kind: source.kind, id: source.id }])
  }
  navigate(addressOfWriting('task'))
}
