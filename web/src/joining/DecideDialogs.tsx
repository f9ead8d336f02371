// Letting somebody in, with a place; refusing, with a reason that the asker reads.
import { Alert, Button, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { asProblem } from '../api/problem'
import type { JoinRequest } from '../api/types'
import { useT } from '../i18n/i18n'
import { nowhere, PLACE_FIELDS, PlaceFields, placeOf } from '../people/PlaceFields'
import { Dialog } from '../ui/Dialog'
import { ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { useAct } from '../ui/useAct'
import classes from './Joining.module.css'
import { decide } from './requests'

interface Props {
  request: JoinRequest
  onClose: () => void
}

/** What a refusal of the decision means here: decided by another, or the sign-in name became somebody's. */
function Refusal({ error, besides }: { error: unknown; besides: readonly string[] }) {
  const t = useT()
  const reason = error ? asProblem(error).problem.reason : undefined
  if (reason === 'join_approved' || reason === 'join_refused' || reason === 'sign_in_name_taken') {
    return (
      <Alert color="red" role="alert" variant="light">
        {t(reason === 'sign_in_name_taken' ? 'joining.name_taken' : 'joining.already_decided')}
      </Alert>
    )
  }
  return <ProblemText error={error} besides={besides} />
}

export function ApproveDialog({ request, onClose }: Props) {
  const t = useT()
  const [place, setPlace] = useState(nowhere)
  const act = useAct()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void act.run(async () => {
      await decide(request.id, { decision: 'approve', place: placeOf(place) })
      toast(t('joining.approved', { name: request.name }), { tone: 'good' })
      onClose()
    })
  }
  return (
    <Dialog title={t('joining.approve_title', { name: request.name })} onClose={onClose} tall>
      <form className={classes.form} onSubmit={submit}>
        <p className={classes.note}>{t('joining.approve_text', { login: request.phone || request.email })}</p>
        <PlaceFields value={place} onChange={setPlace} of={act.of} />
        <Refusal error={act.rest(PLACE_FIELDS)} besides={PLACE_FIELDS} />
        <Button type="submit" fullWidth loading={act.busy}>
          {t('joining.approve')}
        </Button>
      </form>
    </Dialog>
  )
}

export function RefuseDialog({ request, onClose }: Props) {
  const t = useT()
  const [reason, setReason] = useState('')
  const act = useAct()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void act.run(async () => {
      await decide(request.id, { decision: 'refuse', reason })
      onClose()
    })
  }
  return (
    <Dialog title={t('joining.refuse_title', { name: request.name })} onClose={onClose}>
      <form className={classes.form} onSubmit={submit}>
        <Textarea
          label={t('joining.reason')}
          description={t('joining.reason_text')}
          required
          withAsterisk={false}
          data-autofocus
          autosize={false}
          rows={3}
          maxLength={300}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value.replaceAll('\n', ' '))}
          error={act.of('reason')}
        />
        <Refusal error={act.rest(['reason'])} besides={['reason']} />
        <Button type="submit" color="red.9" fullWidth loading={act.busy}>
          {t('joining.refuse')}
        </Button>
      </form>
    </Dialog>
  )
}
