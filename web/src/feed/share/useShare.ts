// The life of one share in the composer: draft → on its way → safe, refused (stays open, words at the fields), or kept
// in the outbox until the network is back. Sent under one id until its end is certain.
import { useEffect, useMemo, useRef, useState } from 'react'
import { ApiProblem } from '../../api/problem'
import type { FieldProblem } from '../../api/types'
import { chosenCards } from '../../cards/chosen'
import { uploads } from '../../files/uploads'
import { say } from '../../i18n/i18n'
import { useMe, useMyId } from '../../live/bootstrap'
import { published } from '../../live/carry'
import { connection } from '../../live/connection'
import { wantDepartments } from '../../live/directory'
import { useSignal } from '../../live/emitter'
import { useEntity } from '../../live/hooks'
import { departmentNamed } from '../../live/lookup'
import { outbox } from '../../live/outbox'
import { drafts } from '../../ui/drafts'
import { toast } from '../../ui/toasts'
import { type Composer, useComposer } from '../../ui/useComposer'
import { toTimeline } from '../toTimeline'
import type { PostKind } from '../kinds/declared'
import { share } from '../kinds/kinds'
import { bodyOf, emptyForm, type Field, type KeptShare, missing, refused, type ShareForm } from './form'

const PATIENCE = 4_000 // then the composer closes and the share waits above the timeline

export interface Share {
  composer: Composer
  form: ShareForm
  setForm: (change: Partial<ShareForm>) => void
  errors: Partial<Record<Field, FieldProblem>>
  problem: ApiProblem | null
  isSending: boolean
  publish: () => void
}

export function useShare(onDone: () => void, kind: PostKind = share): Share {
  const place = kind.kind
  const me = useMyId()
  const composer = useComposer(me, place)
  const empty = useEmpty(kind)
  const [held, setWhole] = useState(() => drafts.readForm<ShareForm>(me, place))
  const form = held ?? empty
  const [errors, setErrors] = useState<Share['errors']>({})
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const online = useSignal(connection) === 'online'
  const act = useSignal(outbox.acts).find((a) => a.client_id === form.sentAs)
  const isSending = act?.state === 'pending'
  const lastSent = useRef<string | null>(null)

  useEffect(() => drafts.writeForm(me, place, held), [me, held])

  const leave = (): void => {
    composer.clear()
    setWhole(null)
    onDone()
    toTimeline() // where it stands now, on its way or safe
  }
  useEffect(
    () =>
      published.on(({ act: sent }) => {
        if (sent.client_id === form.sentAs) leave()
      }),
    [form.sentAs],
  )
  // The network is away, or slow: it goes on by itself.
  useEffect(() => {
    if (!isSending) return
    const timer = setTimeout(
      () => {
        leave()
        toast(say('feed.kept'))
      },
      online ? PATIENCE : 0,
    )
    return () => clearTimeout(timer)
  }, [isSending, online])
  // Refused: back to the fields. Only a certain refusal frees the id.
  useEffect(() => {
    if (act?.state !== 'failed') return
    const refusal = new ApiProblem(act.problem ?? { status: -1, code: 'unexpected' })
    uploads.give(place, act.kind === 'share' ? (act.uploads ?? []) : [])
    if (act.kind === 'share') chosenCards.set(me, place, act.body.cards ?? [])
    outbox.discard(act.client_id)
    if (!refusal.isPassing) setWhole((f) => f && { ...f, sentAs: null })
    setErrors(refused(refusal))
    setProblem(refusal)
  }, [act])

  const publish = (): void => {
    // The outbox knows before this render does that it was pressed already.
    if (uploads.at(place).some((one) => one.state === 'failed')) return
    if (isSending || outbox.acts.get().some((a) => a.client_id === lastSent.current)) return
    const found = missing(composer.isEmpty && uploads.at(place).length === 0, form, new Date(), kind)
    setErrors(found)
    setProblem(null)
    if (Object.keys(found).length > 0) return
    const kept: KeptShare = { text: composer.text, mentioned: composer.mentioned, form: { ...form, sentAs: null } }
    const body = bodyOf(composer.markdown(), form, chosenCards.take(me, place), kind)
    const sent = outbox.add({ kind: 'share', body, form: kept, uploads: uploads.take(place), ...(form.sentAs ? { client_id: form.sentAs } : {}) })
    lastSent.current = sent.client_id
    setWhole({ ...form, sentAs: sent.client_id })
  }
  const setForm = (change: Partial<ShareForm>): void => {
    setWhole({ ...form, ...change })
    // What is wrong with a field is said until it changes; receipts depend on the audience too.
    setErrors((before) => without(before, ...(change.audience ? (['audience', 'receipts'] as const) : change.title !== undefined ? (['title'] as const) : change.details ? (['details'] as const) : change.poll !== undefined ? (['poll'] as const) : change.table !== undefined ? (['table'] as const) : (['receipts', 'due'] as const))))
  }
  useEffect(() => setErrors((before) => without(before, 'text')), [composer.text])
  return { composer, form, setForm, errors, problem, isSending, publish }
}

/** Nothing chosen yet; of a kind for those around one, one's own department. */
function useEmpty(kind: PostKind): ShareForm {
  const { person } = useMe()
  const own = useEntity('department', kind.near ? person.department_ids[0] : null)
  useEffect(() => {
    if (kind.near) wantDepartments()
  }, [kind])
  return useMemo(() => (own ? { ...emptyForm, audience: [departmentNamed(own)] } : emptyForm), [own])
}

function without(errors: Share['errors'], ...fields: Field[]): Share['errors'] {
  return Object.fromEntries(Object.entries(errors).filter(([field]) => !fields.includes(field as Field)))
}
