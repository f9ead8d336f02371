// The administration's «company»: its name, language and time zone; a change shows on every open screen. And whether mail can be sent.
import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { SectionPage } from '../admin/SectionPage'
import { api } from '../api/client'
import type { Company } from '../api/types'
import { useT } from '../i18n/i18n'
import { applyAnswer, putChange } from '../live/answers'
import { useCompany } from '../live/bootstrap'
import { useResetWay } from '../shell/useByMail'
import { ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { useAct } from '../ui/useAct'
import { ProfileFields } from './ProfileFields'
import classes from './Setup.module.css'

export default function CompanyPage() {
  const t = useT()
  const company = useCompany()
  const way = useResetWay()
  // Only what was touched here; the rest follows what others change.
  const [touched, setTouched] = useState<Partial<Company>>({})
  const act = useAct()
  const value = { ...company, ...touched }
  const changed = value.name !== company.name || value.language !== company.language || value.time_zone !== company.time_zone
  const change = (next: Company): void => {
    const mine: Partial<Company> = {}
    if (next.name !== company.name) mine.name = next.name
    if (next.language !== company.language) mine.language = next.language
    if (next.time_zone !== company.time_zone) mine.time_zone = next.time_zone
    setTouched(mine)
  }
  const save = (event: FormEvent): void => {
    event.preventDefault()
    void act.run(async () => {
      const { name, language, time_zone } = value
      const answer = await api.put<Company>('/company', { name, language, time_zone })
      applyAnswer(answer.seq, [putChange('company', 1, answer.data)])
      setTouched({})
      toast(t('setup.saved'), { tone: 'good' })
    })
  }
  return (
    <SectionPage title={t('setup.section')}>
      <form className={`${classes.card} ${classes.form}`} onSubmit={save}>
        <ProfileFields value={value} onChange={change} nameError={act.of('name')} zoneError={act.of('time_zone')} />
        <ProblemText error={act.rest(['name', 'time_zone'])} />
        <div className={classes.acts}>
          <Button type="submit" loading={act.busy} disabled={!changed}>
            {t('ui.save')}
          </Button>
          {changed && (
            <Button variant="default" onClick={() => setTouched({})}>
              {t('ui.cancel')}
            </Button>
          )}
        </div>
      </form>
      {way.data && (
        <section className={classes.card} aria-label={t('setup.mail')}>
          <h2 className={classes.heading}>{t('setup.mail')}</h2>
          <p className={classes.note}>{t(way.data.by_mail ? 'setup.mail_on' : 'setup.mail_off')}</p>
        </section>
      )}
    </SectionPage>
  )
}
