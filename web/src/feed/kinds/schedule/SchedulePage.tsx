// My calendar by day, week and month: on a phone a month for choosing above the day's list. What is shown stands in the address.
import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconCalendarShare, IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import type { OccurrenceView } from '../../../api/generated'
import { dayOf, monthOfYear } from '../../../i18n/dates'
import { useT } from '../../../i18n/i18n'
import { useCan } from '../../../live/bootstrap'
import { Page } from '../../../ui/Page'
import { ProblemText } from '../../../ui/ProblemText'
import { addressOfWriting } from '../../share/place'
import { arrivedHere } from '../../wentBack'
import { type Day, dayAt, daysShown, isDay, noon, onDay, step, VIEWS, type View } from './days'
import { ItemRow } from './ItemRow'
import { MonthGrid } from './MonthGrid'
import classes from './Schedule.module.css'
import { useCalendar } from './useCalendar'
import { weekdayName } from './words'

const FeedDialog = lazy(() => import('./FeedDialog'))

export default function SchedulePage() {
  const t = useT()
  const [, go] = useLocation()
  const params = new URLSearchParams(useSearch())
  const isPhone = useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false }) ?? false
  const plans = useCan('post.share')
  const [sharing, setSharing] = useState(false)
  const today = dayAt(new Date())
  const asked = params.get('day')
  const day = isDay(asked) ? asked : today
  const view = VIEWS.find((one) => one === params.get('view')) ?? (isPhone ? 'month' : 'week')
  const show = (to: { view?: View; day?: Day }): void => {
    go(`/schedule?view=${to.view ?? view}&day=${to.day ?? day}`, { replace: true })
  }
  const days = daysShown(view, day)
  const { items, isPending, error } = useCalendar(days[0] ?? day, days.at(-1) ?? day)
  const title = view === 'day' ? dayTitle(day) : monthOfYear(noon(day))
  return (
    <Page
      title={t('nav.schedule')}
      wide
      {...(isPhone && { onBack: () => (arrivedHere() ? history.back() : go('/')) })}
      actions={
        <>
          <ActionIcon aria-label={t('schedule.feed')} title={t('schedule.feed')} onClick={() => setSharing(true)}>
            <IconCalendarShare size={22} />
          </ActionIcon>
          {plans && (
            <Button variant="light" leftSection={<IconPlus size={18} />} onClick={() => go(addressOfWriting('schedule'))}>
              {t('schedule.plan')}
            </Button>
          )}
        </>
      }
    >
      <div className={classes.tools}>
        <div className={classes.steps}>
          <ActionIcon aria-label={t(`schedule.earlier_${view}`)} onClick={() => show({ day: step(view, day, -1) })}>
            <IconChevronLeft size={22} />
          </ActionIcon>
          <h2 className={classes.title} aria-live="polite">
            {title}
          </h2>
          <ActionIcon aria-label={t(`schedule.later_${view}`)} onClick={() => show({ day: step(view, day, 1) })}>
            <IconChevronRight size={22} />
          </ActionIcon>
          <Button variant="default" onClick={() => show({ day: today })} disabled={day === today}>
            {t('schedule.today')}
          </Button>
        </div>
        <SegmentedControl
          aria-label={t('schedule.view')}
          value={view}
          onChange={(value) => show({ view: value as View })}
          data={VIEWS.map((value) => ({ value, label: t(`schedule.view_${value}`) }))}
        />
      </div>
      <ProblemText error={error} />
      <div className={classes.board} data-view={view} aria-busy={isPending}>
        {view === 'month' && <MonthGrid day={day} items={items} onChoose={(chosen) => show({ day: chosen })} />}
        {(view === 'month' ? [day] : days).map((one) => (
          <DayList key={one} day={one} items={onDay(items, one)} isPending={isPending} isToday={one === today} />
        ))}
      </div>
      {sharing && (
        <Suspense>
          <FeedDialog onClose={() => setSharing(false)} />
        </Suspense>
      )}
    </Page>
  )
}

function dayTitle(day: Day): string {
  return `${dayOf(day)} ${weekdayName(((noon(day).getDay() + 6) % 7) + 1)}`
}

interface DayProps {
  day: Day
  items: readonly OccurrenceView[]
  isPending: boolean
  isToday: boolean
}

function DayList({ day, items, isPending, isToday }: DayProps) {
  const t = useT()
  return (
    <section className={classes.day} aria-label={dayTitle(day)} data-list={day} data-today={isToday || undefined}>
      <h3 className={classes.name}>{dayTitle(day)}</h3>
      {items.length > 0 ? (
        <ul className={classes.items}>
          {items.map((one) => (
            <ItemRow key={`${one.post_id}.${one.day}`} one={one} />
          ))}
        </ul>
      ) : (
        <p className={classes.free}>{isPending ? t('ui.loading') : t('schedule.free')}</p>
      )}
    </section>
  )
}
