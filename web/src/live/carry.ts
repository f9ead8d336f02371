// How an act of the outbox reaches the server: a message over the open socket, else by POST with the same client_id;
// a receipt by PUT, a share and a comment by POST. What comes back enters the store at once, so that the pending item is swapped without a gap.
import { api } from '../api/client'
import { ApiProblem, networkProblem } from '../api/problem'
import type { AnswerInput, Comment, Message, Post, PublishedPost, Receipt, Ref, WrittenComment } from '../api/types'
import { uploads } from '../files/uploads'
import { applyAnswer, putChange } from './answers'
import { connection } from './connection'
import { Emitter } from './emitter'
import type { ServerFrame } from './frames'
import { live } from './live'
import { type Act, type CommentAct, type MessageAct, outbox, type ReceiptAct, type ShareAct } from './outbox'
import { frames } from './socket'
import { store } from './store'

const ANSWER_WITHIN = 8_000

type Verdict = Extract<ServerFrame, { op: 'sent' | 'refused' }>

function overSocket(act: MessageAct): Promise<Verdict> | null {
  const { client_id, conversation, text, mentions, reply_to } = act
  const files = idsOf(act)
  const cards = refsOf(act)
  if (!live.send({ op: 'send', client_id, conversation, text, mentions, reply_to, files, cards, anyway: act.anyway ?? false })) return null
  return new Promise((resolve, reject) => {
    const done = (): void => {
      clearTimeout(timer)
      stopFrames()
      stopConnection()
    }
    const fail = (): void => {
      done()
      reject(networkProblem())
    }
    const timer = setTimeout(fail, ANSWER_WITHIN)
    const stopConnection = connection.subscribe(() => connection.get() !== 'online' && fail())
    const stopFrames = frames.on((frame) => {
      if ((frame.op !== 'sent' && frame.op !== 'refused') || frame.client_id !== client_id) return
      done()
      resolve(frame)
    })
  })
}

const refsOf = (act: MessageAct | CommentAct): Ref[] => (act.cards ?? []).map(({ kind, id }) => ({ kind, id }))
const idsOf = (act: MessageAct | CommentAct): number[] => (act.files ?? []).map((file) => file.id)

/** The act once all its files are on the server. */
async function complete<T extends Act>(act: T): Promise<T> {
  if (!act.uploads?.length || act.files) return act
  outbox.completed(act, await uploads.ready(act.uploads))
  return (outbox.acts.get().find((one) => one.client_id === act.client_id) as T | undefined) ?? act
}

async function carryMessage(waiting: MessageAct): Promise<void> {
  await sendMessage(await complete(waiting))
  forget(waiting)
}

function forget(act: Act): void {
  for (const key of act.uploads ?? []) uploads.forget(key)
}

async function sendMessage(act: MessageAct): Promise<void> {
  const waiting = overSocket(act)
  if (!waiting) {
    const { client_id, text, mentions, reply_to } = act
    const path = `/conversations/${act.conversation}/messages`
    const body = { client_id, text, mentions, reply_to, files: idsOf(act), cards: refsOf(act), anyway: act.anyway ?? false }
    const answer = await api.post<Message>(path, body, { key: client_id })
    applyAnswer(answer.seq, [putChange('message', answer.data.id, answer.data)])
    return
  }
  const verdict = await waiting
  if (verdict.op === 'refused') throw new ApiProblem(verdict.problem)
  if (store.seqOf('message', verdict.id) >= verdict.seq) return // the event was faster
  const message: Message = {
    id: verdict.id,
    conversation_id: act.conversation,
    number: verdict.number,
    kind: 'text',
    author_id: act.person,
    client_id: act.client_id,
    text: act.text,
    mentions: act.mentions,
    reply_to: act.reply_to,
    created_at: new Date().toISOString(),
    files: act.files ?? [],
    cards: act.cards ?? [],
  }
  applyAnswer(verdict.seq, [putChange('message', message.id, message)])
}

async function carryReceipt(waiting: ReceiptAct): Promise<void> {
  const act = await complete(waiting)
  const file = act.files?.[0]
  const said: AnswerInput | null = file ? { type: 'file', file: file.id } : (act.answer ?? null)
  const answer = await api.put<Receipt>(`/posts/${act.post}/receipt`, { version: act.version, ...(said && { answer: said }) })
  applyAnswer(answer.seq, [putChange('receipt', act.post, answer.data)])
  forget(act)
}

/** A share of mine is safe on the server: told just before it enters the store. */
export const published = new Emitter<{ act: ShareAct; post: Post; notNotified: PublishedPost['not_notified'] }>()

async function carryShare(waiting: ShareAct): Promise<void> {
  const act = await complete(waiting)
  const answer = await api.post<PublishedPost>('/posts', act.body, { key: act.client_id })
  const { not_notified: notNotified, ...post } = answer.data
  published.emit({ act, post, notNotified })
  applyAnswer(answer.seq, [putChange('post', post.id, post)])
  forget(act)
}

/** A comment of mine is safe on the server: told just after it entered the store. */
export const commented = new Emitter<{ comment: Comment; notNotified: WrittenComment['not_notified'] }>()

async function carryComment(waiting: CommentAct): Promise<void> {
  const act = await complete(waiting)
  const { client_id, text, reply_to } = act
  const body = { client_id, text, reply_to, files: idsOf(act), cards: refsOf(act) }
  const answer = await api.post<WrittenComment>(`/posts/${act.post}/comments`, body, { key: client_id })
  const { not_notified: notNotified, ...comment } = answer.data
  applyAnswer(answer.seq, [putChange('comment', comment.id, comment)])
  commented.emit({ comment, notNotified })
  forget(act)
}

export function carry(act: Act): Promise<void> {
  if (act.kind === 'share') return carryShare(act)
  if (act.kind === 'comment') return carryComment(act)
  return act.kind === 'message' ? carryMessage(act) : carryReceipt(act)
}
