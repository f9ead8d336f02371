// Takes a share that could not be published back into the composer. What stood there as a draft is not overwritten:
// the share then simply waits where it is.
import { navigate } from 'wouter/use-browser-location'
import { ApiProblem } from '../../api/problem'
import { chosenCards } from '../../cards/chosen'
import { uploads } from '../../files/uploads'
import { say } from '../../i18n/i18n'
import { outbox, type ShareAct } from '../../live/outbox'
import { drafts } from '../../ui/drafts'
import { toast } from '../../ui/toasts'
import { kindOf } from '../kinds/kinds'
import type { KeptShare, ShareForm } from './form'
import { addressOfWriting } from './place'

export function openAgain(act: ShareAct): void {
  const place = act.body.kind
  const begun = kindOf(place).isBegun?.(drafts.readForm<ShareForm>(act.person, place)?.details ?? {}) ?? false
  if (begun || drafts.read(act.person, place).text.trim() || uploads.at(place).length > 0) {
    toast(say('feed.draft_first'))
    return
  }
  const { text, mentioned, form } = act.form as KeptShare
  // Not known to have failed: the next try goes under the same id, so that it is published once.
  const sentAs = act.problem && new ApiProblem(act.problem).isPassing ? act.client_id : null
  drafts.write(act.person, place, { text, mentioned })
  drafts.writeForm(act.person, place, { ...form, sentAs })
  uploads.give(place, act.uploads ?? [])
  chosenCards.set(act.person, place, act.body.cards ?? [])
  outbox.discard(act.client_id)
  navigate(addressOfWriting(place))
}
