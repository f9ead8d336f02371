// One more relation: who, how, to whom.
import { NativeSelect } from '@mantine/core'
import { useRef, useState } from 'react'
import { api } from '../../api/client'
import { newId } from '../../api/ids'
import { asProblem } from '../../api/problem'
import { useT } from '../../i18n/i18n'
import { Dialog } from '../../ui/Dialog'
import { DialogForm } from '../../ui/DialogForm'
import { ProblemText } from '../../ui/ProblemText'
import { useAct } from '../../ui/useAct'
import { LinkInput } from '../inputs/NameInputs'
import { useWords } from '../kinds'
import type { LinkValue, RecordKind, RecordRow } from '../wire'

interface Props {
  kind: RecordKind
  /** Null: chosen among the contacts of a customer. */
  from: RecordRow | null
  among: readonly RecordRow[]
  onDone: () => Promise<void>
  onClose: () => void
}

export function RelationDialog({ kind, from, among, onDone, onClose }: Props) {
  const t = useT()
  const words = useWords()
  const act = useAct()
  const writable = among.filter((one) => one.may.includes('write'))
  const [start, setStart] = useState(from?.id ?? writable[0]?.id ?? 0)
  const [how, setHow] = useState(kind.relations?.[0]?.code ?? '')
  const [to, setTo] = useState<LinkValue | null>(null)
  const key = useRef(newId())
  const ways = (kind.relations ?? []).flatMap((one) => [
    { value: one.code, label: words(one.words) },
    ...(words(one.back) === words(one.words) ? [] : [{ value: `-${one.code}`, label: words(one.back) }]),
  ])
  const save = async (): Promise<void> => {
    if (!to) return
    const done = await act.run(async () => {
      try {
        await api.post(`/records/${kind.kind}/${start}/relations`, { to: to.id, sort: how.replace(/^-/, ''), turned: how.startsWith('-') }, { key: key.current })
      } catch (error) {
        if (!asProblem(error).isPassing) key.current = newId()
        throw error
      }
      await onDone()
    })
    if (done) onClose()
  }
  return (
    <Dialog title={t('contacting.add_relation')} onClose={onClose}>
      <DialogForm onSubmit={save} onCancel={onClose} submit={t('ui.save')} busy={act.busy} disabled={!to}>
        {from === null && (
          <NativeSelect
            size="md"
            label={t('contacting.relation_this')}
            value={String(start)}
            onChange={(event) => setStart(Number(event.currentTarget.value))}
            data={writable.map((one) => ({ value: String(one.id), label: one.title }))}
          />
        )}
        <NativeSelect
          size="md"
          label={from ? `${from.title} · ${t('contacting.relation_how')}` : t('contacting.relation_how')}
          data-input="how"
          value={how}
          error={act.of('sort')}
          onChange={(event) => setHow(event.currentTarget.value)}
          data={ways}
        />
        <LinkInput field={{ link: kind.kind, required: true }} label={t('contacting.relation_to_whom')} value={to} onChange={setTo} error={act.of('to')} />
        <ProblemText error={act.rest(['sort', 'to'])} />
      </DialogForm>
    </Dialog>
  )
}
