// Account and security: my second factor, my devices, my access tokens.
import { useLocation } from 'wouter'
import { useT } from '../i18n/i18n'
import { Page } from '../ui/Page'
import { Devices } from './Devices'
import { SecondFactor } from './SecondFactor'
import classes from './Security.module.css'
import { TokenList } from './TokenList'

export default function SecurityPage() {
  const t = useT()
  const [, go] = useLocation()
  return (
    <Page title={t('security.title')} onBack={() => go('/me')}>
      <SecondFactor />
      <Devices />
      <section className={classes.card} aria-labelledby="tokens">
        <h2 id="tokens" className={classes.heading}>
          {t('security.tokens')}
        </h2>
        <p className={classes.note}>{t('security.tokens_text')}</p>
        <TokenList bot={null} />
      </section>
    </Page>
  )
}
