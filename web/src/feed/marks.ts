// What I note on a post for myself: among my favourites, or out of my timeline. Told at once, and hiding can be taken back.
import { api } from '../api/client'
import type { Entities, Id } from '../api/types'
import { say } from '../i18n/i18n'
import { applyAnswer, putChange } from '../live/answers'
import { problemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'

type Mark = 'favourite' | 'hidden'

export async function mark(kind: Mark, post: Id, on: boolean): Promise<void> {
  const path = `/posts/${post}/${kind}`
  try {
    if (on) {
      const answer = await api.put<Entities[Mark]>(path, {})
      applyAnswer(answer.seq, [putChange(kind, post, answer.data)])
    } else {
      const answer = await api.delete(path)
      applyAnswer(answer.seq, [{ op: 'drop', kind, id: post }])
    }
  } catch (error) {
    toast(problemText(error), { tone: 'bad' })
    return
  }
  const about = `${kind} ${post}`
  const undo = { label: say('feed.undo'), run: () => void mark('hidden', post, false) }
  if (kind === 'favourite') toast(say(on ? 'feed.favoured' : 'feed.unfavoured'), { tone: 'good', about })
  else if (on) toast(say('feed.hidden'), { action: undo, about })
  else toast(say('feed.unhidden'), { tone: 'good', about })
}
