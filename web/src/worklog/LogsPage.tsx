// Who of the people below me has handed in, period by period; and the way to one's own logs.
import { ActionIcon, Button, NativeSelect, Skeleton } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconNotebook, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { addressOf, EVERYTHING } from '../feed/filter/filter'
import { beginOf, numberOf, shifted } from '../feed/kinds/log/periods'
import { nearPeriodText } from '../feed/kinds/log/words'
import { addressOfWriting } from '../feed/share/place'
import { arrivedHere } from '../feed/wentBack'
import { useT } from '../i18n/i18n'
import { useMyId } from '../live/bootstrap'
import { ShownPerson } from '../people/ShownPerson'
import { EmptyState } from '../ui/EmptyState'
import { Page } from '../ui/Page'
import { ProblemText } from '../ui/ProblemText'
import { HandedIn } from './HandedIn'
import { useTemplates } from './templates'
import classes from './Worklog.module.css'

export default function LogsPage() {
  const t = useT()
  const [, go] = useLocation()
  const me = useMyId()
  const templates = useTemplates()
  const { today } = templates
  const [chosen, setChosen] = useState(0)
  const [period, setPeriod] = useState('')
  const asked = templates.all.find((one) => one.id === chosen) ?? templates.offered[0]
  const now = asked && today ? beginOf(asked.rhythm, today) : ''
  const begin = asked && period ? beginOf(asked.rhythm, period) : now
  return (
    <Page
      title={t('kinds.logs')}
      onBack={() => (arrivedHere() ? history.back() : go('/me'))}
      actions={
        <Button component={Link} href={addressOfWriting('log')} leftSection={<IconPencil size={18} />}>
          {t('logs.write')}
        </Button>
      }
    >
      <div className={classes.own}>
        <Link href={addressOf({ ...EVERYTHING, kind: 'log', person: me })} className={classes.link}>
          {t('logs.mine')}
        </Link>
        <Link href={addressOf({ ...EVERYTHING, kind: 'log' })} className={classes.link}>
          {t('logs.all')}
        </Link>
      </div>
      <ProblemText error={templates.error} />
      {templates.isPending && <Skeleton height={200} />}
      {templates.all.length === 0 && today !== '' && (
        <EmptyState icon={<IconNotebook size={48} stroke={1.4} />} title={t('logs.no_templates')}>
          {t('logs.no_templates_text')}
        </EmptyState>
      )}
      {asked && now && (
        <>
          <div className={classes.which}>
            <NativeSelect
              aria-label={t('logs.template')}
              size="md"
              value={String(asked.id)}
              onChange={(event) => setChosen(Number(event.currentTarget.value))}
              data={templates.all.map((one) => ({
                value: String(one.id),
                label: one.is_active ? one.name : t('logs.no_longer', { name: one.name }),
              }))}
            />
            <div className={classes.when}>
              <ActionIcon aria-label={t('logs.earlier')} onClick={() => setPeriod(shifted(asked.rhythm, begin, -1))}>
                <IconChevronLeft size={22} />
              </ActionIcon>
              <h2 className={classes.period} aria-live="polite" data-shown={begin}>
                {nearPeriodText(asked.rhythm, begin, today)}
              </h2>
              <ActionIcon
                aria-label={t('logs.later')}
                disabled={begin >= now}
                onClick={() => setPeriod(shifted(asked.rhythm, begin, 1))}
              >
                <IconChevronRight size={22} />
              </ActionIcon>
            </div>
          </div>
          <HandedIn key={numberOf(asked.id, begin)} template={asked} begin={begin} />
        </>
      )}
      <ShownPerson />
    </Page>
  )
}
