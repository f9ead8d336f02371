// The ladder beside a due time: a switch, and what it will do.
import { Switch } from '@mantine/core'
import { useT } from '../../i18n/i18n'
import LadderPlan from './LadderPlan'
import classes from './Ladder.module.css'

interface Props {
  on: boolean
  due: string | null
  urgent: boolean
  onChange: (on: boolean) => void
}

export default function LadderField({ on, due, urgent, onChange }: Props) {
  const t = useT()
  return (
    <div className={classes.field} data-field="ladder">
      <Switch
        label={t('ladder.switch')}
        description={due ? t('ladder.explained') : t('ladder.needs_due')}
        checked={on && due !== null}
        disabled={due === null}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {on && due && <LadderPlan due={due} urgent={urgent} />}
    </div>
  )
}
