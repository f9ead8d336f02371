// Changes one field of a record. Where somebody else changed the same one, both values stand beside each other and one is chosen.
import { Button, Group } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useT } from '../../i18n/i18n'
import { useMyId } from '../../live/bootstrap'
import { drafts } from '../../ui/drafts'
import { Notice } from '../../ui/Notice'
import { ProblemText } from '../../ui/ProblemText'
import { useAct } from '../../ui/useAct'
import { EditHint, EditQuestion } from '../duplicates/editing'
import { likesIn } from '../duplicates/likes'
import type { Answer, Likes } from '../duplicates/wire'
import { FieldValue } from '../FieldValue'
import { tidy } from '../form'
import { FieldInput } from '../inputs/FieldInput'
import { isMasked, sameValue, valueOf } from '../values'
import type { Field, RecordRow, Value } from '../wire'
import { conflictIn } from './conflict'
import classes from './RecordPage.module.css'

/** What was being written when the page was left. */
export interface KeptEdit {
  value: Value
  version: number
}

interface Props {
  field: Field
  row: RecordRow
  start: Value | undefined
  kept: KeptEdit | null
  place: string
  save: (version: number, fields: Record<string, Value>, answers?: Answer[]) => Promise<RecordRow>
  onClose: () => void
}

export function FieldEditor({ field, row, start, kept, place, save, onClose }: Props) {
  const t = useT()
  const me = useMyId()
  const act = useAct()
  const [first] = useState(isMasked(start) ? null : (start ?? null))
  const [value, setValue] = useState<Value>(kept ? kept.value : first)
  const version = useRef(kept?.version ?? row.version)
  const [begunAt] = useState(() => valueOf(row, field))
  const conflict = act.error ? conflictIn(act.error, field.name) : null
  const isTouched = !sameValue(value, first)
  useEffect(() => {
    drafts.writeForm(me, place, isTouched ? { value, version: version.current } : null)
  }, [me, place, isTouched, value])
  const close = (): void => {
    drafts.writeForm(me, place, null)
    onClose()
  }
  const [likes, setLikes] = useState<Likes | null>(null)
  const keep = (over?: number, answers?: Answer[]): void => {
    const next = tidy(field, value)
    if (sameValue(next, first) && !conflict) return close()
    if (over !== undefined) version.current = over
    void act.run(async () => {
      try {
        await (answers ? save(version.current, { [field.name]: next }, answers) : save(version.current, { [field.name]: next }))
      } catch (error) {
        setLikes(likesIn(error))
        throw error
      }
      close()
    })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.keyCode === 229 || event.defaultPrevented) return
    if (event.key === 'Escape' && !isTouched) close()
    const isOneLine = event.target instanceof HTMLInputElement && !['address', 'link', 'person', 'department', 'lines', 'files'].includes(field.type)
    if (event.key !== 'Enter' || !isOneLine) return
    event.preventDefault()
    keep()
  }
  const now = valueOf(row, field)
  const isOvertaken = !conflict && !sameValue(now, begunAt)
  return (
    <>
      <div className={classes.editor} onKeyDown={onKeyDown}>
        <FieldInput field={field} value={isMasked(start) && value === null ? start : value} onChange={setValue} error={conflict ? undefined : act.of(`fields.${field.name}`)} autoFocus={kept === null} />
        {field.duplicates && isTouched && <EditHint field={field} row={row} value={value} />}
        {isOvertaken && (
          <p className={classes.overtaken} role="status">
            {t('crm.overtaken')} <FieldValue field={field} value={now} plain />
          </p>
        )}
        {conflict ? (
          <Notice role="alert" title={t('crm.conflict')}>
            <div className={classes.both}>
              <Choice label={t('crm.yours')} field={field} value={tidy(field, value)} press={t('crm.keep_yours')} busy={act.busy} onPress={() => keep(conflict.version)} />
              <Choice label={t('crm.theirs')} field={field} value={conflict.now} press={t('crm.keep_theirs')} busy={act.busy} onPress={close} />
            </div>
          </Notice>
        ) : (
          <>
            <ProblemText error={act.rest([`fields.${field.name}`])} />
            <Group gap="xs" justify="flex-end">
              <Button variant="default" onClick={close}>
                {t('ui.cancel')}
              </Button>
              <Button loading={act.busy} onClick={() => keep()}>
                {t('ui.save')}
              </Button>
            </Group>
          </>
        )}
      </div>
      {likes && (
        <EditQuestion
          kind={row.kind}
          likes={likes.items}
          onClose={() => setLikes(null)}
          onKeep={(answers) => {
            setLikes(null)
            keep(undefined, answers)
          }}
        />
      )}
    </>
  )
}

interface ChoiceProps {
  label: string
  field: Field
  value: Value
  press: string
  busy: boolean
  onPress: () => void
}

function Choice({ label, field, value, press, busy, onPress }: ChoiceProps) {
  return (
    <div className={classes.one}>
      <span className={classes.which}>{label}</span>
      <span className={classes.what}>
        <FieldValue field={field} value={value} plain />
      </span>
      <Button variant="default" loading={busy} onClick={onPress}>
        {press}
      </Button>
    </div>
  )
}
