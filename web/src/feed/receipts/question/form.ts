// A question while it is written beside a share, and an answer while it is filled in. Pure.
import type { AnswerInput, Question, ReceiptAnswer } from '../../../api/types'
import { number } from '../../../i18n/dates'

export type Kind = Question['type']
export const kinds: readonly Kind[] = ['choice', 'number', 'file']
export const MOST_CHOICES = 20

export interface QuestionForm {
  kind: Kind
  text: string
  choices: string[]
  several: boolean
  unit: string
}

export const emptyQuestion: QuestionForm = { kind: 'choice', text: '', choices: ['', ''], several: false, unit: '' }

/** What is sent; empty lines among the choices are none. */
export function questionOf({ kind, text, choices, several, unit }: QuestionForm): Question {
  if (kind === 'choice') return { type: kind, text, choices: choices.map((one) => one.trim()).filter(Boolean), several }
  return kind === 'number' ? { type: kind, text, unit } : { type: kind, text }
}

export interface Filled {
  chosen: readonly number[]
  typed: string
}

/** The answer as it is sent, null while it is none. A file's is made when it is on the server. */
export function answerOf(question: Question, { chosen, typed }: Filled): AnswerInput | null {
  if (question.type === 'choice') {
    return chosen.length > 0 ? { type: 'choice', chosen: [...chosen].sort((a, b) => a - b) } : null
  }
  const value = Number(typed.replace(/[,，\s]/g, ''))
  const isNumber = typed.trim() !== '' && Number.isFinite(value) && Math.abs(value) <= 1e12
  return question.type === 'number' && isNumber ? { type: 'number', value } : null
}

/** In one line, of anything but a file. */
export function said(question: Question | null | undefined, answer: ReceiptAnswer): string {
  if (answer.type === 'file') return answer.file.name
  if (answer.type === 'number') return [number(answer.value), question?.type === 'number' ? question.unit : ''].filter(Boolean).join(' ')
  const choices = question?.type === 'choice' ? question.choices : []
  return answer.chosen.map((at) => choices[at] ?? '').join('、')
}
