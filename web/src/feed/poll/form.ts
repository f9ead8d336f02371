// A vote while it is written beside a post. Pure.
import type { PollInput, PollView } from '../../api/generated'
import type { DueChoice } from '../share/due'

export const FEWEST = 2
export const MOST = 20
export const MOST_TEXT = 100

export interface PollForm {
  options: string[]
  several: boolean
  anonymous: boolean
  choice: DueChoice
  /** ISO time, null: until its author closes it. */
  due: string | null
}

export const emptyPoll: PollForm = { options: ['', ''], several: false, anonymous: false, choice: 'none', due: null }

/** For changing one that stands. */
export function formOf({ options, several, anonymous, closes_at }: PollView): PollForm {
  return { options, several, anonymous, choice: closes_at ? 'custom' : 'none', due: closes_at }
}

/** What is sent; empty lines are no options. */
export function pollOf({ options, several, anonymous, due }: PollForm): PollInput {
  return { options: options.map((one) => one.trim()).filter(Boolean), several, anonymous, closes_at: due }
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase()

/** What can be said before asking the server: the field and the server's code. */
export function missingOf(form: PollForm, now: Date): readonly [field: string, code: string] | null {
  const { options } = pollOf(form)
  if (options.length < FEWEST) return ['poll.options', 'too_short']
  if (new Set(options.map(folded)).size < options.length) return ['poll.options', 'twice']
  if (form.choice === 'custom' && form.due === null) return ['poll.closes_at', 'required']
  if (form.due !== null && new Date(form.due) <= now) return ['poll.closes_at', 'past']
  return null
}
