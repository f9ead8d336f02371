// The company asks for a second factor and there is none: nothing else is open before it is set up.
import { Button } from '@mantine/core'
import { useT } from '../i18n/i18n'
import { Enrol } from '../security/Enrol'
import { problemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { Door } from './Door'
import classes from './Door.module.css'
import { session, signOut, startSession } from './session'

export default function EnrolPage() {
  const t = useT()
  const goOn = (): void => {
    session.set({ state: 'starting' })
    void startSession(true)
  }
  const leave = (): void => {
    signOut().catch((error: unknown) => toast(problemText(error), { tone: 'bad' }))
  }
  return (
    <Door title={t('security.enrol_first')}>
      <p className={classes.note}>{t('security.enrol_first_text')}</p>
      <Enrol onDone={goOn} />
      <Button variant="subtle" fullWidth onClick={leave}>
        {t('me.sign_out')}
      </Button>
    </Door>
  )
}
