// The company's link: on or off, copy, QR code, poster, renew.
import { Button, Skeleton, Switch } from '@mantine/core'
import { IconDownload, IconPrinter, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { useT } from '../i18n/i18n'
import { OneLink } from '../people/OneLink'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import { ProblemText } from '../ui/ProblemText'
import { useAct } from '../ui/useAct'
import { isWeChat } from '../ui/wechat'
import classes from './Joining.module.css'
import { pictureOf, useChangeJoinLink, useJoinLink } from './useJoinLink'

export function CompanyLink() {
  const t = useT()
  const { data: link, error } = useJoinLink()
  const { turn, renew } = useChangeJoinLink()
  const [renewing, setRenewing] = useState(false)
  const act = useAct()
  return (
    <section className={classes.card} aria-labelledby="company-link">
      <div className={classes.head}>
        <h2 className={classes.heading} id="company-link">
          {t('joining.link')}
        </h2>
        {link && (
          <Switch
            aria-label={t('joining.link_on')}
            size="lg"
            checked={link.is_on}
            disabled={act.busy}
            onChange={(event) => {
              const on = event.currentTarget.checked
              void act.run(() => turn(on))
            }}
          />
        )}
      </div>
      <p className={classes.note}>{t(link?.is_on ? 'joining.link_is_on' : 'joining.link_is_off')}</p>
      <ProblemText error={act.error ?? error} />
      {!link && !error && <Skeleton height={180} mt="md" aria-hidden />}
      {link?.is_on && (
        <div className={classes.on}>
          <img className={classes.qr} src={pictureOf(link)} alt={t('joining.qr')} width={180} height={180} />
          <div className={classes.beside}>
            <OneLink name={link.company} link={link.link} />
            <div className={classes.acts}>
              <Button component="a" href="/poster" target="_blank" rel="noopener" leftSection={<IconPrinter size={18} />}>
                {t('joining.poster')}
              </Button>
              {!isWeChat && (
                <Button
                  component="a"
                  href={pictureOf(link, 'png')}
                  download={t('joining.picture_file')}
                  variant="default"
                  leftSection={<IconDownload size={18} />}
                >
                  {t('joining.picture')}
                </Button>
              )}
              <Button variant="default" leftSection={<IconRefresh size={18} />} onClick={() => setRenewing(true)}>
                {t('joining.renew')}
              </Button>
            </div>
          </div>
        </div>
      )}
      <ConfirmDialog
        opened={renewing}
        title={t('joining.renew_title')}
        confirm={t('joining.renew')}
        onConfirm={renew}
        onClose={() => setRenewing(false)}
      >
        {t('joining.renew_text')}
      </ConfirmDialog>
    </section>
  )
}
