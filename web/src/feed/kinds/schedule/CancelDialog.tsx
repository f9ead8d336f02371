// It does not take place: the whole item, or of what repeats one of the next days.
import { Button, Group, Loader, Radio } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ScheduleView } from '../../../api/generated'
import type { Id } from '../../../api/types'
import { useT } from '../../../i18n/i18n'
import { Dialog } from '../../../ui/Dialog'
import { ProblemText } from '../../../ui/ProblemText'
import { useAct } from '../../../ui/useAct'
import { calendarOf, cancelItem } from './acts'
import { dayAt, plus } from './days'
import classes from './Fields.module.css'
import { whenText } from './words'

const FAR = 60
const MOST = 10
const ALL = 'all'

export default function CancelDialog({ post, view, onClose }: { post: Id; view: ScheduleView; onClose: () => void }) {
  const t = useT()
  const act = useAct()
  const repeats = view.repeat !== null
  const [which, setWhich] = useState(ALL)
  const today = dayAt(new Date())
  const coming = useQuery({
    queryKey: ['coming', post, view.sequence],
    queryFn: async ({ signal }) =>
      (await calendarOf(today, plus(today, FAR), signal)).filter((one) => one.post_id === post && Date.parse(one.ends_at) > Date.now()),
    enabled: repeats,
  })
  const cancel = async (): Promise<void> => {
    if (await act.run(() => cancelItem(post, which === ALL ? null : which))) onClose()
  }
  return (
    <Dialog title={t('kinds.cancel_item')} onClose={onClose} tall={repeats}>
      <div className={classes.stack}>
        {repeats && (
          <Radio.Group label={t('schedule.cancel_which')} value={which} onChange={setWhich}>
            <div className={classes.choices}>
              <Radio value={ALL} label={t('schedule.cancel_all')} />
              {coming.data?.slice(0, MOST).map((one) => (
                <Radio key={one.day} value={one.day} label={whenText(one)} />
              ))}
            </div>
          </Radio.Group>
        )}
        {repeats && coming.isPending && <Loader size="sm" role="img" aria-label={t('ui.loading')} />}
        <ProblemText error={coming.error} />
        <p className={classes.note}>{t(view.people.length > 0 ? 'schedule.cancel_told' : 'schedule.cancel_own')}</p>
        <ProblemText error={act.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button color="red.9" loading={act.busy} onClick={() => void cancel()}>
            {t('kinds.cancel_item')}
          </Button>
        </Group>
      </div>
    </Dialog>
  )
}
