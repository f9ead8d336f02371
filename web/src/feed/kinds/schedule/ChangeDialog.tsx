// Another time or place: who was invited is asked anew when the time moves.
import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import type { ScheduleView } from '../../../api/generated'
import { asProblem } from '../../../api/problem'
import type { Id } from '../../../api/types'
import { useT } from '../../../i18n/i18n'
import { Dialog } from '../../../ui/Dialog'
import { ProblemText } from '../../../ui/ProblemText'
import { useAct } from '../../../ui/useAct'
import { changeTimes } from './acts'
import classes from './Fields.module.css'
import { timesOf } from './form'
import { TimesFields } from './TimesFields'

export default function ChangeDialog({ post, view, onClose }: { post: Id; view: ScheduleView; onClose: () => void }) {
  const t = useT()
  const act = useAct()
  const [form, setForm] = useState(() => timesOf(view))
  const refused = act.error ? asProblem(act.error).problem.errors?.[0] : undefined
  const save = async (): Promise<void> => {
    if (await act.run(() => changeTimes(post, form))) onClose()
  }
  return (
    <Dialog title={t('kinds.move_item')} onClose={onClose} tall size={560}>
      <form
        className={classes.stack}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <TimesFields value={form} onChange={setForm} error={refused} />
        {view.people.length > 0 && <p className={classes.note}>{t('schedule.asked_anew')}</p>}
        {!refused && <ProblemText error={act.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={act.busy}>
            {t('ui.save')}
          </Button>
        </Group>
      </form>
    </Dialog>
  )
}
