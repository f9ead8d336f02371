// A poster to print and hang up: the company's name, the QR code, what happens then.
import { Button, Loader } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useT } from '../i18n/i18n'
import { EmptyState } from '../ui/EmptyState'
import { problemText } from '../ui/ProblemText'
import { isWeChat } from '../ui/wechat'
import classes from './Poster.module.css'
import { pictureOf, useJoinLink } from './useJoinLink'

export default function PosterPage() {
  const t = useT()
  const { data: link, error, isPending } = useJoinLink()
  if (isPending) return <Loader aria-label={t('ui.loading')} />
  if (!link?.is_on) {
    return <EmptyState title={error ? problemText(error) : t('joining.link_is_off')} />
  }
  return (
    <main className={classes.sheet}>
      <div className={classes.poster}>
        <p className={classes.over}>{t('joining.poster_over')}</p>
        <h1 className={classes.company}>{link.company}</h1>
        <img className={classes.qr} src={pictureOf(link)} alt={t('joining.qr')} />
        <ol className={classes.steps}>
          <li>{t('joining.poster_scan')}</li>
          <li>{t('joining.poster_fill')}</li>
          <li>{t('joining.poster_wait')}</li>
        </ol>
        <p className={classes.address}>{link.link}</p>
      </div>
      {!isWeChat && (
        <Button className={classes.print} leftSection={<IconPrinter size={18} />} onClick={() => window.print()}>
          {t('joining.print')}
        </Button>
      )}
    </main>
  )
}
