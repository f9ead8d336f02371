// The life of one share for somebody else: no outbox, because what is refused later would have nobody to tell. One id per
// text, so that pressing again after a broken line publishes it once.
import { useEffect, useRef, useState } from 'react'
import { api } from '../api/client'
import { newId } from '../api/ids'
import { type ApiProblem, asProblem } from '../api/problem'
import type { FieldProblem, Person, PublishedPost } from '../api/types'
import { say } from '../i18n/i18n'
import { bodyOf, emptyForm, type Field, missing, refused, type ShareForm } from '../feed/share/form'
import type { Share } from '../feed/share/useShare'
import { useMyId } from '../live/bootstrap'
import { drafts } from '../ui/drafts'
import { toast } from '../ui/toasts'
import { useComposer } from '../ui/useComposer'

export function useActingShare(person: Person, onDone: () => void): Share {
  const me = useMyId()
  const place = `share-for-${person.id}`
  const composer = useComposer(me, place)
  const [form, setWhole] = useState(() => drafts.readForm<ShareForm>(me, place) ?? emptyForm)
  const [errors, setErrors] = useState<Partial<Record<Field, FieldProblem>>>({})
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [isSending, setSending] = useState(false)
  const key = useRef(newId())
  useEffect(() => drafts.writeForm(me, place, form === emptyForm ? null : form), [me, place, form])

  const send = async (): Promise<void> => {
    setSending(true)
    try {
      const body = bodyOf(composer.markdown(), form)
      await api.post<PublishedPost>('/posts', body, { key: key.current, actingFor: person.id })
      composer.clear()
      setWhole(emptyForm)
      toast(say('leaving.published_for', { name: person.name }), { tone: 'good' })
      onDone()
    } catch (error) {
      const refusal = asProblem(error)
      if (!refusal.isPassing) key.current = newId()
      setErrors(refused(refusal))
      setProblem(refusal)
      setSending(false)
    }
  }
  const publish = (): void => {
    if (isSending) return
    const found = missing(composer.isEmpty, form, new Date())
    setErrors(found)
    setProblem(null)
    if (Object.keys(found).length === 0) void send()
  }
  const setForm = (change: Partial<ShareForm>): void => {
    // Another text or audience is another request, whatever became of the first.
    key.current = newId()
    setWhole({ ...form, ...change })
    setErrors({})
  }
  useEffect(() => {
    key.current = newId()
  }, [composer.text])
  return { composer, form, setForm, errors, problem, isSending, publish }
}
