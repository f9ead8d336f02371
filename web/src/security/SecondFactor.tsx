// My second factor: off with what it is for, or on with what is left of the recovery codes.
import { Button, Skeleton } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import type { RecoveryCodesView } from '../api/generated'
import { day } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import { Dialog } from '../ui/Dialog'
import { ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { Enrol } from './Enrol'
import { RecoveryCodes } from './RecoveryCodes'
import classes from './Security.module.css'
import { useRefetch, useSecondFactor } from './wire'

export function SecondFactor() {
  const t = useT()
  const { data, error, isPending } = useSecondFactor()
  const refetch = useRefetch()
  const [open, setOpen] = useState<'enrol' | 'renew' | 'off' | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const done = (): void => {
    setOpen(null)
    setCodes(null)
    void refetch('second-factor', 'step-up')
  }
  const renew = async (): Promise<void> => {
    setCodes((await api.post<RecoveryCodesView>('/me/second-factor/recovery-codes')).data.recovery_codes)
  }
  const switchOff = async (): Promise<void> => {
    await api.delete('/me/second-factor')
    if (data?.required) location.reload() // nothing else is open now
    await refetch('second-factor', 'step-up')
    toast(t('security.switched_off'))
  }
  return (
    <section className={classes.card} aria-labelledby="second-factor">
      <h2 id="second-factor" className={classes.heading}>
        {t('security.second_factor')}
        {data?.is_on && <span className={classes.mark}>{t('security.on')}</span>}
      </h2>
      <ProblemText error={error} />
      {isPending && <Skeleton height={56} aria-hidden />}
      {data && (
        <p className={classes.note}>
          {data.is_on && data.since
            ? t('security.second_factor_on', { since: day(data.since), n: data.recovery_codes_left })
            : t('security.second_factor_off')}
        </p>
      )}
      <div className={classes.acts}>
        {data && !data.is_on && <Button onClick={() => setOpen('enrol')}>{t('security.set_up')}</Button>}
        {data?.is_on && (
          <>
            <Button variant="default" onClick={() => setOpen('renew')}>
              {t('security.renew')}
            </Button>
            <Button variant="default" onClick={() => setOpen('off')}>
              {t('security.switch_off')}
            </Button>
          </>
        )}
      </div>
      {open === 'enrol' && (
        <Dialog tall title={t('security.set_up')} onClose={done}>
          <Enrol onDone={done} />
        </Dialog>
      )}
      {codes && (
        <Dialog tall title={t('security.recovery_codes')} onClose={done}>
          <RecoveryCodes codes={codes} onDone={done} />
        </Dialog>
      )}
      <ConfirmDialog
        opened={open === 'renew' && !codes}
        title={t('security.renew_title')}
        confirm={t('security.renew')}
        danger={false}
        onConfirm={renew}
        onClose={() => setOpen(null)}
      >
        {t('security.renew_text')}
      </ConfirmDialog>
      <ConfirmDialog
        opened={open === 'off'}
        title={t('security.switch_off_title')}
        confirm={t('security.switch_off')}
        onConfirm={switchOff}
        onClose={() => setOpen(null)}
      >
        {t(data?.required ? 'security.switch_off_required' : 'security.switch_off_text')}
      </ConfirmDialog>
    </section>
  )
}
