// The administration's «company»: its name, language and time zone; a change shows on every open screen. And whether mail can be sent.
import { Button, Switch } from '@mantine/core'
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

const FIELDS = ['name', 'language', 'time_zone', 'watermark'] as const

export default function CompanyPage() {
  const t = useT()
  const company = useCompany()
  const way = useResetWay()
  // Only what was touched here; the rest follows what others change.
  const [touched, setTouched] = useState<Partial<Company>>({})
  const act = useAct()
  const value = { ...company, ...touched }
  const changed = FIELDS.some((field) => value[field] !== company[field])
  const change = (next: Company): void => {
    setTouched(Object.fromEntries(FIELDS.filter((field) => next[field] !== company[field]).map((field) => [field, next[field]])))
  }
  const save = (event: FormEvent): void => {
    event.preventDefault()
    void act.run(async () => {
      const answer = await api.put<Company>('/company', value)
      applyAnswer(answer.seq, [putChange('company', 1, answer.data)])
      setTouched({})
      toast(t('setup.saved'), { tone: 'good' })
    })
  }
  return (
    <SectionPage title={t('setup.section')}>
      <form className={`${classes.card} ${classes.form}`} onSubmit={save}>
        <ProfileFields value={value} onChange={change} nameError={act.of('name')} zoneError={act.of('time_zone')} />
        <Switch
          size="md"
          label={t('setup.watermark')}
          description={t('setup.watermark_text')}
          checked={value.watermark ?? false}
          onChange={(event) => change({ ...value, watermark: event.currentTarget.checked })}
        />
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
