// The working calendar (W28): a year of months. A pressed day says what it is and is changed there; the source is named.
import { ActionIcon, Button, Skeleton } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { SectionPage } from '../admin/SectionPage'
import { api } from '../api/client'
import type { CalendarYear, Change, Item } from '../api/types'
import { useT } from '../i18n/i18n'
import { applyAnswer, putChange } from '../live/answers'
import { useToday } from '../live/away'
import { useEntity } from '../live/hooks'
import { ProblemText } from '../ui/ProblemText'
import classes from './Calendar.module.css'
import { DayDialog } from './DayDialog'
import { Legend } from './Legend'
import { MonthGrid } from './MonthGrid'
import { WeekDialog } from './WeekDialog'
import { type Day, monthsOf } from './year'

const FIRST = 2000
const LAST = 2100

export default function CalendarPage() {
  const t = useT()
  const today = useToday()
  const [year, setYear] = useState(() => Number(today.slice(0, 4)))
  const [day, setDay] = useState<Day | null>(null)
  const [changingWeek, setChangingWeek] = useState(false)
  const found = useQuery({
    queryKey: ['calendar', year],
    queryFn: async () => {
      const { data, seq } = await api.get<Item<CalendarYear>>('/calendar', { query: { year } })
      const change: Change = putChange('calendar', year, data.item)
      applyAnswer(seq, [change, ...(data.also ?? [])])
      return seq
    },
  })
  const calendar = useEntity('calendar', year)
  const week = useEntity('working_week', 1)
  const months = monthsOf(year, calendar, week)
  // The day that was pressed, as it is now: somebody else may change it while the dialog is open.
  const shown = day && months[Number(day.date.slice(5, 7)) - 1]?.days[day.number - 1]
  return (
    <SectionPage title={t('calendar.title')} wide>
      <div className={classes.tools}>
        <div className={classes.years}>
          <ActionIcon aria-label={t('calendar.earlier')} disabled={year <= FIRST} onClick={() => setYear(year - 1)}>
            <IconChevronLeft size={22} />
          </ActionIcon>
          <h2 className={classes.year} aria-live="polite">
            {year}
          </h2>
          <ActionIcon aria-label={t('calendar.later')} disabled={year >= LAST} onClick={() => setYear(year + 1)}>
            <IconChevronRight size={22} />
          </ActionIcon>
        </div>
        {calendar && (
          <p className={classes.source} data-published={calendar.published || undefined}>
            {calendar.published
              ? t('calendar.published', { source: calendar.source })
              : t(year > calendar.known_to ? 'calendar.not_yet' : 'calendar.never', {
                  from: calendar.known_from,
                  to: calendar.known_to,
                })}
          </p>
        )}
        {week && (
          <div className={classes.week}>
            <span>
              {t('calendar.week_is', {
                days: week.days.map((one) => t(`calendar.weekday_${one as 1 | 2 | 3 | 4 | 5 | 6 | 7}`)).join(t('calendar.and')),
                begins: week.begins,
                ends: week.ends,
              })}
            </span>
            <Button variant="default" onClick={() => setChangingWeek(true)}>
              {t('calendar.change_week')}
            </Button>
          </div>
        )}
        <Legend />
      </div>
      <ProblemText error={found.error} />
      {!calendar && found.isPending && <Skeleton height={320} />}
      {calendar && (
        <div className={classes.months}>
          {months.map((month) => (
            <MonthGrid key={month.number} year={year} month={month} today={today} onDay={setDay} />
          ))}
        </div>
      )}
      {shown && <DayDialog key={shown.date} day={shown} onClose={() => setDay(null)} />}
      {changingWeek && week && <WeekDialog week={week} onClose={() => setChangingWeek(false)} />}
    </SectionPage>
  )
}
