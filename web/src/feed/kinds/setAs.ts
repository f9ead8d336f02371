// «Set as task», «make a sales record of it» in the menu of a post or a message: the composer of that kind opens with it as the card that
// goes along, and its words to begin with.
import { navigate } from 'wouter/use-browser-location'
import type { Id, Ref } from '../../api/types'
import { chosenCards } from '../../cards/chosen'
import { say } from '../../i18n/i18n'
import { drafts } from '../../ui/drafts'
import { plainLine } from '../../ui/plain'
import { toast } from '../../ui/toasts'
import { addressOfWriting } from '../share/place'

const MOST_BEGUN = 200

/** `said` is how the text begins. */
export function setAs(kind: 'task' | 'sales_record', source: Ref, said: string, me: Id): void {
  if (drafts.read(me, kind).text.trim()) {
    toast(say(kind === 'task' ? 'kinds.draft_task_first' : 'kinds.draft_first'))
  } else {
    drafts.write(me, kind, { text: plainLine(said).slice(0, MOST_BEGUN), mentioned: [] })
    chosenCards.set(me, kind, [{ kind: source.kind, id: source.id }])
  }
  navigate(addressOfWriting(kind))
}
