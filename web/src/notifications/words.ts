// A notice as a sentence.
import type { Notice } from '../api/types'
import type { MessageKey } from '../i18n/types'

const sentences: Record<string, MessageKey> = {
  access_asked: 'notices.access_asked',
  access_answered: 'notices.access_answered',
  reveals_unusual: 'notices.reveals_unusual',
  post_mention: 'notices.post_mention',
  message_mention: 'notices.message_mention',
  comment_mention: 'notices.comment_mention',
  comment_reply: 'notices.comment_reply',
  post_comment: 'notices.post_comment',
  reminder: 'notices.reminder',
  receipt_nudge: 'notices.receipt_nudge',
  receipt_reminded: 'notices.receipt_reminded',
  receipt_missing: 'notices.receipt_missing',
  instruction_given: 'notices.instruction_given',
  task_set: 'notices.task_set',
  schedule_moved: 'notices.schedule_moved',
  schedule_cancelled: 'notices.schedule_cancelled',
  log_handed_in: 'notices.log_handed_in',
  log_scored: 'notices.log_scored',
  log_called_for: 'notices.log_called_for',
}

export function sentenceOf(notice: Notice): MessageKey {
  return sentences[notice.kind] ?? 'notices.something'
}
