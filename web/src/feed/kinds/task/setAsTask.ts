// «Set as task» in the menu of a post: the composer opens with the post as the card that the task carries.
import { navigate } from 'wouter/use-browser-location'
import type { Id, Post } from '../../../api/types'
import { chosenCards } from '../../../cards/chosen'
import { say } from '../../../i18n/i18n'
import { drafts } from '../../../ui/drafts'
import { plainLine } from '../../../ui/plain'
import { toast } from '../../../ui/toasts'
import { addressOfWriting } from '../../share/place'

const MOST_BEGUN = 200

export function setAsTask(post: Post, me: Id): void {
  if (drafts.read(me, 'task').text.trim()) {
    toast(say('kinds.draft_task_first'))
  } else {
    drafts.write(me, 'task', { text: (post.title || plainLine(post.text)).slice(0, MOST_BEGUN), mentioned: [] })
    chosenCards.set(me, 'task', [{ kind: 'post', id: post.id }])
  }
  navigate(addressOfWriting('task'))
}
